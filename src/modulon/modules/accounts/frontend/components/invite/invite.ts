import { define, errorText, fieldTexts, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/checkbox';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { invite, type NewInvitation } from '../../api.js';
import '../link-once/link-once.js';
import { styles } from '../new-key/new-key.styles.js';

/** The dialog that invites someone and shows the link once. Fires `k-invited` and `k-close`. */
export class AccountsInvite extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;
  @state() private busy = false;
  @state() private problem = '';
  @state() private fields: Record<string, string> = {};
  @state() private made: NewInvitation | undefined;
  @query('form') private readonly form!: HTMLFormElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.made = undefined;
    this.problem = '';
    this.fields = {};
  }

  override render(): TemplateResult {
    const { made } = this;
    return html`<k-dialog
      ?open=${this.open}
      heading=${made ? t('accounts.invite.made', { email: made.email }) : t('accounts.invite.title')}
      text=${made ? t('accounts.invite.made_about') : t('accounts.invite.about')}
      @k-close=${this.#close}
    >
      ${made ? this.#reveal(made) : this.#ask()}
    </k-dialog>`;
  }

  #ask(): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
        <k-field
          autofocus
          label=${t('accounts.signin.email')}
          name="email"
          type="email"
          autocomplete="off"
          required
          .error=${this.fields['email'] ?? ''}
        ></k-field>
        <k-checkbox name="admin" label=${t('accounts.invite.admin')} hint=${t('accounts.invite.admin_about')}></k-checkbox>
        ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
      </form>
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t('accounts.keys.cancel')}</k-button>
      <k-button
        slot="footer"
        variant="primary"
        ?loading=${this.busy}
        @click=${(): void => {
          this.form.requestSubmit();
        }}
        >${t('accounts.invite.make')}</k-button
      >`;
  }

  #reveal(made: NewInvitation): TemplateResult {
    return html`<m-accounts-link-once path="/join" token=${made.token} expires=${made.expires_at}></m-accounts-link-once>
      <k-button slot="footer" variant="primary" @click=${this.#close}>${t('accounts.keys.done')}</k-button>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.form.reportValidity()) return;
    const data = new FormData(this.form);
    this.busy = true;
    this.problem = '';
    this.fields = {};
    try {
      this.made = await invite((data.get('email') as string).trim(), data.get('admin') !== null);
      this.dispatchEvent(new CustomEvent('k-invited'));
    } catch (error) {
      this.fields = fieldTexts(error, ['email'], 'accounts');
      if (Object.keys(this.fields).length === 0) this.problem = errorText(error, 'accounts');
    }
    this.busy = false;
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-accounts-invite', AccountsInvite);
