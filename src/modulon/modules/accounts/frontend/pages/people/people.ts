import { define, errorText, formatDate, formatRelative, session, t, toast, Watch } from '@modulon/sdk';
import '@modulon/kit/avatar';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/dialog';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import '@modulon/kit/icon-button';
import '@modulon/kit/look-alikes';
import '@modulon/kit/menu';
import '@modulon/kit/skeleton';
import '@modulon/kit/state';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { listPeople, makeResetLink, type Person, type ResetLink } from '../../api.js';
import '../../components/invitations/invitations.js';
import '../../components/invite/invite.js';
import '../../components/link-once/link-once.js';
import { actsOf } from './acts.js';
import { styles } from './people.styles.js';

const WAIT_MS = 200;

/** Settings, people: everyone who may sign in, and those invited. For administrators. */
export class AccountsPeople extends LitElement {
  static override styles = [base, page, settingsPage, styles];

  @state() private people: readonly Person[] | undefined;
  @state() private next: string | null = null;
  @state() private problem = '';
  @state() private inviting = false;
  @state() private invitedAt = 0;
  @state() private reset: { person: Person; link: ResetLink } | undefined;

  readonly #session = new Watch(this, session);
  #query = '';
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    return html`<k-header lined crumb=${t('shell.settings')} crumb-href="/settings" heading=${t('accounts.people.title')}>
        <k-button slot="actions" size="sm" variant="primary" icon="user-plus" @click=${this.#invite}>${t('accounts.people.invite')}</k-button>
      </k-header>
      <div class="page">
        <div class="bar">
          <k-field
            compact
            icon="search"
            type="search"
            label=${t('accounts.people.search')}
            label-hidden
            placeholder=${t('accounts.people.search')}
            @input=${this.#typed}
          ></k-field>
        </div>
        ${this.#content()}
        <m-accounts-invitations .version=${this.invitedAt}></m-accounts-invitations>
      </div>
      <m-accounts-invite .open=${this.inviting} @k-close=${this.#invited} @k-invited=${this.#renew}></m-accounts-invite>
      ${this.#resetDialog()}`;
  }

  #content(): TemplateResult {
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('accounts.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${(): void => void this.#load()}>${t('accounts.retry')}</k-button>
      </k-banner>`;
    }
    if (!this.people) return html`<div class="box"><k-skeleton rows lines="4"></k-skeleton></div>`;
    if (this.people.length === 0) {
      return html`<div class="box">
        <k-empty-state icon="search" heading=${t('accounts.people.none')} text=${t('accounts.people.none_about')}></k-empty-state>
      </div>`;
    }
    return html`<div class="box scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('accounts.people.person')}</th>
              <th scope="col">${t('accounts.people.state')}</th>
              <th scope="col" class="extra">${t('accounts.people.seen')}</th>
              <th scope="col" class="extra">${t('accounts.people.since')}</th>
              <th><span class="sr">${t('accounts.people.acts')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${this.people.map((person) => this.#row(person))}
          </tbody>
        </table>
      </div>
      ${this.next
        ? html`<div class="more"><k-button variant="line" @click=${(): void => void this.#load(this.next)}>${t('accounts.people.more')}</k-button></div>`
        : nothing}`;
  }

  #row(person: Person): TemplateResult {
    const mine = person.id === this.#session.value?.user.id;
    const seen = person.sessions > 0 || person.last_seen_at ? formatRelative(person.last_seen_at ?? person.created_at) : '–';
    return html`<tr>
      <td class="who-cell">
        <span class="who">
          <k-avatar name=${person.name} ?off=${person.suspended}></k-avatar>
          <span class="two"><b>${person.name}<k-look-alikes name=${`${person.name} ${person.email}`}></k-look-alikes></b><small>${person.email}</small></span>
          <span class="marks">
            ${person.admin ? html`<k-chip tone="accent">${t('accounts.account.admin')}</k-chip>` : nothing}
            ${mine ? html`<k-chip>${t('accounts.people.you')}</k-chip>` : nothing}
          </span>
        </span>
      </td>
      <td>
        <k-state tone=${person.suspended ? 'off' : 'ok'}>${t(person.suspended ? 'accounts.people.suspended' : 'accounts.people.active')}</k-state>
      </td>
      <td class="extra">${seen}</td>
      <td class="extra">${formatDate(person.created_at)}</td>
      <td class="num">${mine ? nothing : this.#menu(person)}</td>
    </tr>`;
  }

  #menu(person: Person): TemplateResult {
    const acts = actsOf(person, {
      changed: (change) => {
        this.people = this.people?.map((one) => (one.id === person.id ? { ...one, ...change } : one));
      },
      gone: () => {
        this.people = this.people?.filter((one) => one.id !== person.id);
      },
      reset: () => void this.#makeLink(person),
    });
    return html`<k-menu placement="bottom-end" .items=${acts}>
      <k-icon-button slot="trigger" size="sm" icon="ellipsis" label=${t('accounts.people.acts_label', { name: person.name })}></k-icon-button>
    </k-menu>`;
  }

  #resetDialog(): TemplateResult {
    const { reset } = this;
    return html`<k-dialog
      ?open=${reset !== undefined}
      heading=${reset ? t('accounts.people.reset_title', { name: reset.person.name }) : ''}
      text=${t('accounts.people.reset_text')}
      @k-close=${this.#closeReset}
    >
      ${reset ? html`<m-accounts-link-once path="/reset" token=${reset.link.token} expires=${reset.link.expires_at}></m-accounts-link-once>` : nothing}
      <k-button slot="footer" variant="primary" @click=${this.#closeReset}>${t('accounts.keys.done')}</k-button>
    </k-dialog>`;
  }

  async #makeLink(person: Person): Promise<void> {
    try {
      this.reset = { person, link: await makeResetLink(person.id) };
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
  }

  /** Loads the first page, or with *cursor* one more. An answer that was overtaken by a later question is dropped. */
  async #load(cursor: string | null = null): Promise<void> {
    this.problem = '';
    const asked = (this.#asked += 1);
    try {
      const found = await listPeople(this.#query, cursor);
      if (asked !== this.#asked) return;
      this.people = cursor === null ? found.items : [...(this.people ?? []), ...found.items];
      this.next = found.next ?? null;
    } catch (error) {
      if (asked === this.#asked) this.problem = errorText(error, 'accounts');
    }
  }

  readonly #typed = (event: Event): void => {
    this.#query = (event.target as KField).value.trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), WAIT_MS);
  };

  readonly #invite = (): void => {
    this.inviting = true;
  };

  readonly #invited = (): void => {
    this.inviting = false;
  };

  readonly #renew = (): void => {
    this.invitedAt += 1;
  };

  readonly #closeReset = (): void => {
    this.reset = undefined;
  };
}

define('m-accounts-people', AccountsPeople);
