import { confirm, define, errorText, formatDate, formatRelative, t, toast, Watch } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/empty-state';
import '@modulon/kit/header';
import '@modulon/kit/icon-button';
import '@modulon/kit/skeleton';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { listKeys, revokeKey, type ApiKey } from '../../api.js';
import '../../components/new-key/new-key.js';
import { creating } from '../../creating.js';

/** Columns that narrow screens leave out. */
const EXTRA = new Set(['key', 'used', 'expires']);

/** Settings, API keys: those there are, a new one, and taking one back. */
export class AccountsKeys extends LitElement {
  static override styles = [
    base,
    page,
    settingsPage,
    css`
      td.mono {
        color: var(--text-2);
        white-space: nowrap;
      }
      .scopes {
        display: flex;
        gap: 0.25rem;
        flex-wrap: wrap;
      }
      @media (max-width: 47.5rem) {
        .extra {
          display: none;
        }
      }
      .about {
        margin-block-end: var(--s4);
        line-height: 1.55;
        color: var(--text-2);
        max-inline-size: 46rem;
      }
    `,
  ];

  @state() private keys: readonly ApiKey[] | undefined;
  @state() private problem = '';

  readonly #creating = new Watch(this, creating);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    creating.set(false);
  }

  override render(): TemplateResult {
    const count = this.keys ? t('accounts.keys.count', { n: this.keys.length }) : '';
    return html`<k-header lined crumb=${t('shell.settings')} crumb-href="/settings" heading=${t('accounts.keys.title')} sub=${count}>
        <k-button slot="actions" size="sm" variant="primary" icon="plus" @click=${this.#open}>${t('accounts.keys.create')}</k-button>
      </k-header>
      <div class="page">
        <p class="about">${t('accounts.keys.about')}</p>
        ${this.#content()}
      </div>
      <m-accounts-new-key .open=${this.#creating.value} @k-close=${this.#close} @k-created=${this.#load}></m-accounts-new-key>`;
  }

  #content(): TemplateResult {
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('accounts.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${this.#load}>${t('accounts.retry')}</k-button>
      </k-banner>`;
    }
    if (!this.keys) return html`<div class="box"><k-skeleton rows lines="3"></k-skeleton></div>`;
    if (this.keys.length === 0) {
      return html`<div class="box">
        <k-empty-state icon="key-round" heading=${t('accounts.keys.empty')} text=${t('accounts.keys.empty_about')}>
          <k-button variant="line" icon="plus" @click=${this.#open}>${t('accounts.keys.create')}</k-button>
        </k-empty-state>
      </div>`;
    }
    return this.#table(this.keys);
  }

  #table(keys: readonly ApiKey[]): TemplateResult {
    const heads = ['name', 'key', 'scopes', 'used', 'expires'];
    return html`<div class="box scroll">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col" class=${EXTRA.has(head) ? 'extra' : ''}>${t(`accounts.keys.${head}`)}</th>`)}
            <th><span class="sr">${t('accounts.keys.revoke')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${keys.map((key) => this.#row(key))}
        </tbody>
      </table>
    </div>`;
  }

  #row(key: ApiKey): TemplateResult {
    const created = `${t('accounts.keys.created')} ${formatDate(key.created_at)}`;
    return html`<tr>
      <td><span class="two"><b>${key.name}</b><small>${created}</small></span></td>
      <td class="mono extra">${key.prefix}…</td>
      <td>
        <span class="scopes">${key.scopes.map((scope) => html`<k-chip>${t(`accounts.keys.scope.${scope}`)}</k-chip>`)}</span>
      </td>
      <td class="extra">${key.last_used_at ? formatRelative(key.last_used_at) : t('accounts.keys.never')}</td>
      <td class="extra">${key.expires_at ? formatDate(key.expires_at) : t('accounts.keys.expires_never')}</td>
      <td class="num">
        <k-icon-button
          size="sm"
          icon="trash-2"
          label=${t('accounts.keys.revoke_label', { name: key.name })}
          @click=${(): void => void this.#revoke(key)}
        ></k-icon-button>
      </td>
    </tr>`;
  }

  readonly #open = (): void => {
    creating.set(true);
  };

  readonly #close = (): void => {
    creating.set(false);
  };

  readonly #load = async (): Promise<void> => {
    this.problem = '';
    try {
      this.keys = (await listKeys()).items;
    } catch (error) {
      this.problem = errorText(error, 'accounts');
    }
  };

  async #revoke(key: ApiKey): Promise<void> {
    const agreed = await confirm({
      title: t('accounts.keys.revoke_title', { name: key.name }),
      text: t('accounts.keys.revoke_text'),
      confirm: t('accounts.keys.revoke'),
      danger: true,
    });
    if (!agreed) return;
    try {
      await revokeKey(key.id);
      this.keys = this.keys?.filter((other) => other.id !== key.id);
      toast(t('accounts.keys.revoked'), { tone: 'ok' });
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
  }
}

define('m-accounts-keys', AccountsKeys);
