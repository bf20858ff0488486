import { define, loadSession, Submission, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { recoverySaved, setUp } from '../../api.js';
import '../recovery-key/recovery-key.js';
import { step } from '../setup.styles.js';

const SHORTEST = 8;

/** Step 1: creates the first account, signs in, and shows the recovery key once. Fires `k-done`. */
export class AccountsSetupAccount extends LitElement {
  static override styles = [base, step];

  @property() token = '';
  @state() private recoveryKey = '';
  @state() private saved = false;

  readonly #sent = new Submission(this, { module: 'accounts', fields: ['name', 'email', 'password'] });

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('k-field')?.focus();
  }

  override render(): TemplateResult {
    return this.recoveryKey ? this.#recovery() : this.#account();
  }

  #recovery(): TemplateResult {
    return html`<header>
        <h2>${t('accounts.setup.created')}</h2>
        <p>${t('accounts.setup.created_about')}</p>
      </header>
      ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      <m-accounts-recovery-key
        tabindex="-1"
        .key=${this.recoveryKey}
        @k-saved=${(event: CustomEvent<boolean>): void => {
          this.saved = event.detail;
        }}
      ></m-accounts-recovery-key>
      <div class="end">
        <k-button variant="primary" ?disabled=${!this.saved} ?loading=${this.#sent.busy} @click=${this.#kept}>${t('accounts.setup.continue')}</k-button>
      </div>`;
  }

  #account(): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
      <header>
        <h2>${t('accounts.setup.create')}</h2>
        <p>${t('accounts.setup.create_about')}</p>
      </header>
      ${this.#sent.problem ? html`<k-banner tone="bad" role="alert" heading=${t('accounts.setup.failed')}>${this.#sent.problem}</k-banner>` : nothing}
      <div class="two-fields">
        <k-field label=${t('accounts.setup.name')} name="name" autocomplete="name" maxlength="120" required .error=${this.#sent.fields['name'] ?? ''}></k-field>
        <k-field label=${t('accounts.setup.email')} name="email" type="email" autocomplete="email" required .error=${this.#sent.fields['email'] ?? ''}></k-field>
      </div>
      <k-field
        label=${t('accounts.setup.password')}
        name="password"
        type="password"
        autocomplete="new-password"
        minlength=${SHORTEST}
        meter
        required
        hint=${t('accounts.setup.password_hint')}
        .error=${this.#sent.fields['password'] ?? ''}
      ></k-field>
      <div class="end">
        <k-button type="submit" variant="primary" ?loading=${this.#sent.busy}>${t('accounts.setup.continue')}</k-button>
      </div>
    </form>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const { name, email, password } = Object.fromEntries(data) as Record<'name' | 'email' | 'password', string>;
      const made = await setUp({ token: this.token, name: name.trim(), email: email.trim(), password });
      this.recoveryKey = made.recovery_key;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('m-accounts-recovery-key')?.focus();
    });

  readonly #kept = (): Promise<void> =>
    this.#sent.during(async () => {
      await recoverySaved();
      await loadSession();
      this.dispatchEvent(new CustomEvent('k-done'));
    });
}

define('m-accounts-setup-account', AccountsSetupAccount);
