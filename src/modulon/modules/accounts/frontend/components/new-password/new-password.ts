import { define, Submission, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { changePassword } from '../../api.js';
import { styles } from '../new-key/new-key.styles.js';

const SHORTEST = 8;

/** The dialog that changes one's own password. Fires `k-changed` and `k-close`. */
export class AccountsNewPassword extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;

  readonly #sent = new Submission(this, {
    module: 'accounts',
    fields: ['current', 'password'],
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) this.#sent.refuse();
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
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      </form>
      ${formButtons({ cancel: t('accounts.keys.cancel'), submit: t('accounts.password.change') }, this.#sent.busy)}
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
      .error=${this.#sent.fields[name] ?? ''}
    ></k-field>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      await changePassword(data.get('current') as string, data.get('password') as string);
      toast(t('accounts.password.changed'), { tone: 'ok' });
      this.dispatchEvent(new CustomEvent('k-changed'));
      this.#close();
    });

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-accounts-new-password', AccountsNewPassword);
