import { define, loadSession, Submission, t, toast, type User } from '@modulon/sdk';
import '@modulon/kit/banner';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { changeAccount } from '../../api.js';
import { styles } from '../new-key/new-key.styles.js';

/** The dialog that changes one's name and address; another address needs the password. Fires `k-close`. */
export class AccountsProfile extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) user: User | undefined;
  @state() private email = '';

  readonly #sent = new Submission(this, {
    module: 'accounts',
    fields: ['name', 'email', 'current'],
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.email = this.user?.email ?? '';
    this.#sent.refuse();
  }

  override render(): TemplateResult {
    return html`<k-dialog ?open=${this.open} heading=${t('accounts.profile.title')} @k-close=${this.#close}>
      ${this.user ? this.#ask(this.user) : nothing}
      ${formButtons({ cancel: t('accounts.keys.cancel'), submit: t('accounts.profile.save') }, this.#sent.busy)}
    </k-dialog>`;
  }

  #ask(user: User): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
      <k-field autofocus label=${t('accounts.setup.name')} name="name" autocomplete="name" maxlength="100" required value=${user.name} .error=${this.#sent.fields['name'] ?? ''}></k-field>
      <k-field
        label=${t('accounts.signin.email')}
        name="email"
        type="email"
        autocomplete="email"
        required
        value=${user.email}
        .error=${this.#sent.fields['email'] ?? ''}
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
            .error=${this.#sent.fields['current'] ?? ''}
          ></k-field>`}
      ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
    </form>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const { name, email, current } = Object.fromEntries(data) as { name: string; email: string; current?: string };
      await changeAccount({ name: name.trim(), email: email.trim(), ...(current === undefined ? {} : { current }) });
      await loadSession();
      toast(t('accounts.profile.saved'), { tone: 'ok' });
      this.#close();
    });

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-accounts-profile', AccountsProfile);
