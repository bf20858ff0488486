import { ApiError, define, errorText, fieldTexts, loadSession, t, toast, type User } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { changeAccount } from '../../api.js';
import { styles } from '../new-key/new-key.styles.js';

/** The dialog that changes one's name and address; another address needs the password. Fires `k-close`. */
export class AccountsProfile extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) user: User | undefined;
  @state() private email = '';
  @state() private busy = false;
  @state() private problem = '';
  @state() private fields: Record<string, string> = {};
  @query('form') private readonly form!: HTMLFormElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.email = this.user?.email ?? '';
    this.problem = '';
    this.fields = {};
  }

  override render(): TemplateResult {
    return html`<k-dialog ?open=${this.open} heading=${t('accounts.profile.title')} @k-close=${this.#close}>
      ${this.user ? this.#ask(this.user) : nothing}
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t('accounts.keys.cancel')}</k-button>
      <k-button
        slot="footer"
        variant="primary"
        ?loading=${this.busy}
        @click=${(): void => {
          this.form.requestSubmit();
        }}
        >${t('accounts.profile.save')}</k-button
      >
    </k-dialog>`;
  }

  #ask(user: User): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
      <k-field autofocus label=${t('accounts.setup.name')} name="name" autocomplete="name" maxlength="100" required value=${user.name} .error=${this.fields['name'] ?? ''}></k-field>
      <k-field
        label=${t('accounts.signin.email')}
        name="email"
        type="email"
        autocomplete="email"
        required
        value=${user.email}
        .error=${this.fields['email'] ?? ''}
        @input=${(event: Event): void => {
          this.email = (event.target as HTMLInputElement).value.trim();
        }}
      ></k-field>
      ${this.email === user.email
        ? nothing
        : html`<k-field
            label=${t('accounts.password.current')}
            hint=${t('accounts.profile.why')}
            name="current"
            type="password"
            autocomplete="current-password"
            required
            .error=${this.fields['current'] ?? ''}
          ></k-field>`}
      ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
    </form>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.form.reportValidity()) return;
    const data = Object.fromEntries(new FormData(this.form)) as { name: string; email: string; current?: string };
    const { current } = data;
    this.busy = true;
    this.problem = '';
    this.fields = {};
    try {
      await changeAccount({ name: data.name.trim(), email: data.email.trim(), ...(current === undefined ? {} : { current }) });
      await loadSession();
      toast(t('accounts.profile.saved'), { tone: 'ok' });
      this.#close();
    } catch (error) {
      this.fields =
        error instanceof ApiError && error.code === 'identity.password_wrong'
          ? { current: t('accounts.password.wrong') }
          : fieldTexts(error, ['name', 'email', 'current'], 'accounts');
      if (Object.keys(this.fields).length === 0) this.problem = errorText(error, 'accounts');
    }
    this.busy = false;
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-accounts-profile', AccountsProfile);
