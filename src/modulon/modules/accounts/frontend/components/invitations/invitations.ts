import { confirm, define, errorText, formatDate, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/look-alikes';
import { icon } from '@modulon/kit/icon';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { listInvitations, revokeInvitation, type Invitation } from '../../api.js';

/** Invitations that were not accepted yet; nothing if there are none. A new `version` loads them anew. */
export class AccountsInvitations extends LitElement {
  static override styles = [
    base,
    page,
    settingsPage,
    css`
      :host {
        display: block;
        margin-block-start: var(--s8);
      }
      .line > svg {
        color: var(--text-3);
      }
    `,
  ];

  @property({ type: Number }) version = 0;
  @state() private items: readonly Invitation[] = [];
  @state() private next: string | null = null;
  @state() private problem = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('version')) void this.#load();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.problem) return html`<k-banner tone="bad" role="alert" heading=${t('accounts.load_failed')}>${this.problem}</k-banner>`;
    if (this.items.length === 0) return nothing;
    return html`<section aria-labelledby="invited">
      <div class="heading">
        <h2 id="invited">${t('accounts.invitations.title')}</h2>
        <p>${t('accounts.invitations.about')}</p>
      </div>
      <div class="box">${this.items.map((one) => this.#row(one))}</div>
      ${this.next ? html`<k-button variant="line" @click=${(): void => void this.#load(this.next)}>${t('accounts.people.more')}</k-button>` : nothing}
    </section>`;
  }

  #row(one: Invitation): TemplateResult {
    const over = new Date(one.expires_at) <= new Date();
    const until = t(over ? 'accounts.invitations.over' : 'accounts.invitations.until', { date: formatDate(one.expires_at, 'full') });
    return html`<div class="line">
      ${icon('mail')}
      <span class="two"><b>${one.email}<k-look-alikes name=${one.email}></k-look-alikes></b><small>${until}</small></span>
      ${one.admin ? html`<k-chip tone="accent">${t('accounts.account.admin')}</k-chip>` : nothing}
      <k-button
        size="sm"
        variant="line"
        label=${t('accounts.invitations.revoke_label', { email: one.email })}
        @click=${(): void => void this.#revoke(one)}
        >${t('accounts.invitations.revoke')}</k-button
      >
    </div>`;
  }

  async #load(cursor: string | null = null): Promise<void> {
    this.problem = '';
    try {
      const found = await listInvitations(cursor);
      this.items = cursor === null ? found.items : [...this.items, ...found.items];
      this.next = found.next ?? null;
    } catch (error) {
      this.problem = errorText(error, 'accounts');
    }
  }

  async #revoke(one: Invitation): Promise<void> {
    const agreed = await confirm({
      title: t('accounts.invitations.revoke_title'),
      text: t('accounts.invitations.revoke_text', { email: one.email }),
      confirm: t('accounts.invitations.revoke'),
      danger: true,
    });
    if (!agreed) return;
    try {
      await revokeInvitation(one.id);
      this.items = this.items.filter((other) => other.id !== one.id);
      toast(t('accounts.invitations.revoked'), { tone: 'ok' });
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
  }
}

define('m-accounts-invitations', AccountsInvitations);
