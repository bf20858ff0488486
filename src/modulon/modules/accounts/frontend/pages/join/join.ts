import { define, errorText, loadSession, navigate, Submission, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/field';
import '@modulon/kit/logo';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { acceptInvitation, readInvitation, type Invited } from '../../api.js';
import { takeToken } from '../../token.js';
import { styles } from '../signin/signin.styles.js';

const SHORTEST = 8;

/** Where an invitation's link leads: a name, a password, and one is in. */
export class AccountsJoin extends LitElement {
  static override styles = [base, styles];

  @state() private invited: Invited | undefined;
  @state() private refused = '';

  readonly #sent = new Submission(this, { module: 'accounts', fields: ['name', 'password'] });

  readonly #token = takeToken();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  override render(): TemplateResult {
    return html`<div class="middle">
      <div class="column">
        <div class="head">
          <k-logo size="40"></k-logo>
          <h1>${t('accounts.join.heading')}</h1>
          <p>${location.host}</p>
        </div>
        ${this.#content()}
      </div>
    </div>`;
  }

  #content(): TemplateResult {
    if (this.refused) {
      return html`<k-banner tone="bad" role="alert" heading=${t('accounts.link.refused')}>${this.refused}</k-banner>
        <k-button variant="line" size="lg" wide href="/signin">${t('accounts.join.to_signin')}</k-button>`;
    }
    return this.invited ? this.#card(this.invited) : html`<k-skeleton lines="3"></k-skeleton>`;
  }

  #card(invited: Invited): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert" heading=${t('accounts.join.failed')}>${this.#sent.problem}</k-banner>` : nothing}
        <k-field label=${t('accounts.signin.email')} name="email" autocomplete="username" value=${invited.email} disabled></k-field>
        <k-field label=${t('accounts.setup.name')} name="name" autocomplete="name" maxlength="100" required .error=${this.#sent.fields['name'] ?? ''}></k-field>
        <k-field
          label=${t('accounts.signin.password')}
          name="password"
          type="password"
          autocomplete="new-password"
          .minlength=${SHORTEST}
          meter
          required
          hint=${t('accounts.setup.password_hint')}
          .error=${this.#sent.fields['password'] ?? ''}
        ></k-field>
        <k-button type="submit" variant="primary" size="lg" wide ?loading=${this.#sent.busy}>${t('accounts.join.submit')}</k-button>
      </form>
      ${invited.admin ? html`<p class="help"><span>${t('accounts.join.admin')}</span></p>` : nothing}`;
  }

  async #look(): Promise<void> {
    try {
      this.invited = await readInvitation(this.#token);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('k-field[name=name]')?.focus();
    } catch (error) {
      this.refused = errorText(error, 'accounts');
    }
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      await acceptInvitation(this.#token, (data.get('name') as string).trim(), data.get('password') as string);
      await loadSession();
      navigate('/', { replace: true });
    });
}

define('m-accounts-join', AccountsJoin);
