import { ApiError, define, errorText, fieldTexts, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { changePassword } from '../../api.js';
import { styles } from '../new-key/new-key.styles.js';

const SHORTEST = 8;

/** The dialog that changes one's own password. Fires `k-changed` and `k-close`. */
export class AccountsNewPassword extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;
  @state() private busy = false;
  @state() private problem = '';
  @state() private fields: Record<string, string> = {};
  @query('form') private readonly form!: HTMLFormElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.problem = '';
    this.fields = {};
  }

  override render(): TemplateResult {
    return html`<k-dialog
      ?open=${this.open}
      heading=${t('accounts.password.title')}
      text=${t('accounts.password.about')}
      @k-close=${this.#close}
    >
      <form @submit=${this.#submit} novalidate>
        ${this.#field('current', 'current-password', false)} ${this.#field('password', 'new-password', true)}
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
        >${t('accounts.password.change')}</k-button
      >
    </k-dialog>`;
  }

  #field(name: 'current' | 'password', fill: 'current-password' | 'new-password', fresh: boolean): TemplateResult {
    return html`<k-field
      ?autofocus=${!fresh}
      label=${t(`accounts.password.${name}`)}
      name=${name}
      type="password"
      autocomplete=${fill}
      ?meter=${fresh}
      .minlength=${fresh ? SHORTEST : undefined}
      required
      hint=${fresh ? t('accounts.setup.password_hint') : ''}
      .error=${this.fields[name] ?? ''}
    ></k-field>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.form.reportValidity()) return;
    const data = Object.fromEntries(new FormData(this.form)) as Record<'current' | 'password', string>;
    this.busy = true;
    this.problem = '';
    this.fields = {};
    try {
      await changePassword(data.current, data.password);
      toast(t('accounts.password.changed'), { tone: 'ok' });
      this.dispatchEvent(new CustomEvent('k-changed'));
      this.#close();
    } catch (error) {
      this.#failed(error);
    }
    this.busy = false;
  };

  #failed(error: unknown): void {
    this.fields =
      error instanceof ApiError && error.code === 'identity.password_wrong'
        ? { current: t('accounts.password.wrong') }
        : fieldTexts(error, ['current', 'password'], 'accounts');
    if (Object.keys(this.fields).length === 0) this.problem = errorText(error, 'accounts');
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-accounts-new-password', AccountsNewPassword);
