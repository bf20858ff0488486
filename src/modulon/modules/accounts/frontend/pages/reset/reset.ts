import { define, errorText, fieldTexts, navigate, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/field';
import '@modulon/kit/logo';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { resetPassword } from '../../api.js';
import { takeToken } from '../../token.js';
import { styles } from '../signin/signin.styles.js';

const SHORTEST = 8;

/** Where a reset link leads: a new password. */
export class AccountsReset extends LitElement {
  static override styles = [base, styles];

  @state() private busy = false;
  @state() private problem = '';
  @state() private fields: Record<string, string> = {};
  @query('form') private readonly form!: HTMLFormElement;

  readonly #token = takeToken();

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('k-field')?.focus();
  }

  override render(): TemplateResult {
    return html`<div class="middle">
      <div class="column">
        <div class="head">
          <k-logo size="40"></k-logo>
          <h1>${t('accounts.reset.heading')}</h1>
          <p>${location.host}</p>
        </div>
        <form @submit=${this.#submit} novalidate>
          ${this.problem ? html`<k-banner tone="bad" role="alert" heading=${t('accounts.reset.failed')}>${this.problem}</k-banner>` : nothing}
          <k-field
            label=${t('accounts.password.password')}
            name="password"
            type="password"
            autocomplete="new-password"
            .minlength=${SHORTEST}
            meter
            required
            hint=${t('accounts.setup.password_hint')}
            .error=${this.fields['password'] ?? ''}
          ></k-field>
          <k-button type="submit" variant="primary" size="lg" wide ?loading=${this.busy}>${t('accounts.reset.submit')}</k-button>
        </form>
        <p class="help"><span>${t('accounts.reset.about')}</span></p>
      </div>
    </div>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.form.reportValidity()) return;
    this.busy = true;
    this.problem = '';
    this.fields = {};
    try {
      await resetPassword(this.#token, new FormData(this.form).get('password') as string);
      toast(t('accounts.reset.done'), { tone: 'ok' });
      navigate('/signin', { replace: true });
    } catch (error) {
      this.fields = fieldTexts(error, ['password'], 'accounts');
      if (Object.keys(this.fields).length === 0) this.problem = errorText(error, 'accounts');
    }
    this.busy = false;
  };
}

define('m-accounts-reset', AccountsReset);
