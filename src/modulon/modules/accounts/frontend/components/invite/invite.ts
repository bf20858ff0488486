import { define, Submission, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/checkbox';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { invite, type NewInvitation } from '../../api.js';
import '../link-once/link-once.js';
import { styles } from '../new-key/new-key.styles.js';

/** The dialog that invites someone and shows the link once. Fires `k-invited` and `k-close`. */
export class AccountsInvite extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;
  @state() private made: NewInvitation | undefined;

  readonly #sent = new Submission(this, { module: 'accounts', fields: ['email'] });

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.made = undefined;
    this.#sent.refuse();
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
          .error=${this.#sent.fields['email'] ?? ''}
        ></k-field>
        <k-checkbox name="admin" label=${t('accounts.invite.admin')} hint=${t('accounts.invite.admin_about')}></k-checkbox>
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      </form>
      ${formButtons({ cancel: t('accounts.keys.cancel'), submit: t('accounts.invite.make') }, this.#sent.busy)}`;
  }

  #reveal(made: NewInvitation): TemplateResult {
    return html`<m-accounts-link-once path="/join" token=${made.token} expires=${made.expires_at}></m-accounts-link-once>
      <k-button slot="footer" variant="primary" @click=${this.#close}>${t('accounts.keys.done')}</k-button>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      this.made = await invite((data.get('email') as string).trim(), data.get('admin') !== null);
      this.dispatchEvent(new CustomEvent('k-invited'));
    });

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-accounts-invite', AccountsInvite);
