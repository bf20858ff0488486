import { define, navigate, Submission, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/field';
import '@modulon/kit/logo';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';

import { resetPassword } from '../../api.js';
import { takeToken } from '../../token.js';
import { styles } from '../signin/signin.styles.js';

const SHORTEST = 8;

/** Where a reset link leads: a new password. */
export class AccountsReset extends LitElement {
  static override styles = [base, styles];

  readonly #sent = new Submission(this, { module: 'accounts', fields: ['password'] });
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
          ${this.#sent.problem ? html`<k-banner tone="bad" role="alert" heading=${t('accounts.reset.failed')}>${this.#sent.problem}</k-banner>` : nothing}
          <k-field
            label=${t('accounts.password.password')}
            name="password"
            type="password"
            autocomplete="new-password"
            .minlength=${SHORTEST}
            meter
            required
            hint=${t('accounts.setup.password_hint')}
            .error=${this.#sent.fields['password'] ?? ''}
          ></k-field>
          <k-button type="submit" variant="primary" size="lg" wide ?loading=${this.#sent.busy}>${t('accounts.reset.submit')}</k-button>
        </form>
        <p class="help"><span>${t('accounts.reset.about')}</span></p>
      </div>
    </div>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      await resetPassword(this.#token, data.get('password') as string);
      toast(t('accounts.reset.done'), { tone: 'ok' });
      navigate('/signin', { replace: true });
    });
}

define('m-accounts-reset', AccountsReset);
