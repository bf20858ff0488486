import { confirm, define, errorText, formatDate, formatRelative, session, t, toast, Watch, type User } from '@modulon/sdk';
import '@modulon/kit/avatar';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/header';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/skeleton';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { endOtherSessions, endSession, listSessions, type OwnSession } from '../../api.js';
import '../../components/new-password/new-password.js';
import '../../components/profile/profile.js';
import '../../components/recovery/recovery.js';
import { deviceName, isHandheld } from '../../device.js';
import { leave } from '../../leave.js';

/** Settings, account: who one is, and where one is signed in. */
export class AccountsAccount extends LitElement {
  static override styles = [
    base,
    page,
    settingsPage,
    css`
      .person k-avatar {
        inline-size: 2.75rem;
        block-size: 2.75rem;
        font-size: var(--t-md);
      }
      .line > svg {
        color: var(--text-3);
      }
    `,
  ];

  @state() private sessions: readonly OwnSession[] | undefined;
  @state() private problem = '';
  @state() private ending = '';
  @state() private dialog: 'none' | 'profile' | 'password' = 'none';

  readonly #session = new Watch(this, session);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    const user = this.#session.value?.user;
    return html`<k-header lined crumb=${t('shell.settings')} crumb-href="/settings" heading=${t('accounts.account.title')}></k-header>
      <div class="page">
        <div class="narrow">
          <section aria-labelledby="you">
            <div class="heading"><h2 id="you">${t('accounts.account.you')}</h2></div>
            ${user ? this.#person(user) : nothing}
          </section>
          ${user?.admin === true
            ? html`<section aria-labelledby="server">
                <div class="heading"><h2 id="server">${t('accounts.recovery.section')}</h2></div>
                <m-accounts-recovery></m-accounts-recovery>
              </section>`
            : nothing}
          <section aria-labelledby="sessions">
            <div class="heading">
              <h2 id="sessions">${t('accounts.account.sessions')}</h2>
              <p>${t('accounts.account.sessions_about')}</p>
              <span class="space"></span>
              ${(this.sessions?.length ?? 0) > 1
                ? html`<k-button size="sm" variant="line" @click=${this.#endOthers}>${t('accounts.account.end_others')}</k-button>`
                : nothing}
            </div>
            ${this.#list()}
          </section>
        </div>
      </div>
      <m-accounts-profile .open=${this.dialog === 'profile'} .user=${user} @k-close=${this.#closed}></m-accounts-profile>
      <m-accounts-new-password .open=${this.dialog === 'password'} @k-close=${this.#closed} @k-changed=${this.#load}></m-accounts-new-password>`;
  }

  #person(user: User): TemplateResult {
    return html`<div class="box">
      <div class="line person">
        <k-avatar name=${user.name}></k-avatar>
        <span class="two"><b>${user.name}</b><small>${user.email}</small></span>
        ${user.admin ? html`<k-chip tone="accent">${t('accounts.account.admin')}</k-chip>` : nothing}
        <k-button size="sm" variant="line" @click=${this.#opener('profile')}>${t('accounts.profile.edit')}</k-button>
      </div>
      <div class="line">
        ${icon('lock')}
        <span class="two"><b>${t('accounts.signin.password')}</b><small>${t('accounts.password.about')}</small></span>
        <k-button size="sm" variant="line" @click=${this.#opener('password')}>${t('accounts.password.change')}</k-button>
      </div>
      <div class="line">
        ${icon('log-out')}
        <span class="two"><b>${t('accounts.account.this_browser')}</b><small>${location.host}</small></span>
        <k-button size="sm" variant="line" @click=${leave}>${t('accounts.account.sign_out')}</k-button>
      </div>
    </div>`;
  }

  #list(): TemplateResult {
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('accounts.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${this.#load}>${t('accounts.retry')}</k-button>
      </k-banner>`;
    }
    if (!this.sessions) return html`<div class="box"><k-skeleton rows lines="2"></k-skeleton></div>`;
    return html`<div class="box">${this.sessions.map((one) => this.#row(one))}</div>`;
  }

  #row(one: OwnSession): TemplateResult {
    const device = deviceName(one.user_agent);
    const used = one.current ? t('accounts.account.just_now') : formatRelative(one.last_used_at);
    const since = `${t('accounts.account.since')} ${formatDate(one.created_at, 'full')}`;
    return html`<div class="line">
      ${icon(isHandheld(one.user_agent) ? 'smartphone' : 'monitor')}
      <span class="two" title=${one.user_agent}><b>${device}</b><small>${used} · ${since}</small></span>
      ${one.current ? html`<k-chip tone="ok">${t('accounts.account.current')}</k-chip>` : this.#endButton(one, device)}
    </div>`;
  }

  #endButton(one: OwnSession, device: string): TemplateResult {
    return html`<k-button
      size="sm"
      variant="line"
      label=${t('accounts.account.end_label', { device })}
      ?loading=${this.ending === one.id}
      @click=${(): void => void this.#end(one, device)}
      >${t('accounts.account.end')}</k-button
    >`;
  }

  #opener(which: 'profile' | 'password'): () => void {
    return () => {
      this.dialog = which;
    };
  }

  readonly #closed = (): void => {
    this.dialog = 'none';
  };

  readonly #endOthers = async (): Promise<void> => {
    const title = t('accounts.account.end_others_title');
    const text = t('accounts.account.end_others_text');
    if (!(await confirm({ title, text, confirm: t('accounts.account.end_others'), danger: true }))) return;
    try {
      await endOtherSessions();
      this.sessions = this.sessions?.filter((one) => one.current);
      toast(t('accounts.account.others_ended'), { tone: 'ok' });
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
  };

  readonly #load = async (): Promise<void> => {
    this.problem = '';
    try {
      const { items } = await listSessions();
      this.sessions = items.toSorted((a, b) => Number(b.current) - Number(a.current));
    } catch (error) {
      this.problem = errorText(error, 'accounts');
    }
  };

  async #end(one: OwnSession, device: string): Promise<void> {
    const title = t('accounts.account.end_title');
    const text = t('accounts.account.end_text', { device });
    if (!(await confirm({ title, text, confirm: t('accounts.account.end'), danger: true }))) return;
    this.ending = one.id;
    try {
      await endSession(one.id);
      this.sessions = this.sessions?.filter((other) => other.id !== one.id);
      toast(t('accounts.account.ended'), { tone: 'ok' });
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
    this.ending = '';
  }
}

define('m-accounts-account', AccountsAccount);
