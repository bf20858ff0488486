import { define, errorText, faultText, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { changeProvider, type Provider } from '../../api.js';
import { checkProvider } from '../../save.js';

/** The dialog that takes a new key for a provider and tries it. Fires `k-saved` (detail: the provider) and `k-close`. */
export class ProvidersKeyDialog extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: var(--s4);
        grid-template-columns: minmax(0, 1fr);
      }
    `,
  ];

  @property({ attribute: false }) provider: Provider | undefined;

  @state() private busy = false;
  @state() private problem = '';
  @query('form') private readonly form!: HTMLFormElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('provider')) return;
    // The list hands on a newer reading of the same provider: what was said about its key stays.
    if (changed.get('provider')?.id !== this.provider?.id) this.problem = '';
  }

  override render(): TemplateResult {
    const { provider } = this;
    const heading = t('providers.key.title', { name: provider?.name ?? '' });
    return html`<k-dialog ?open=${provider !== undefined} heading=${heading} text=${t('providers.key.about')} @k-close=${this.#close}>
      <form @submit=${this.#submit} novalidate>
        <k-field autofocus mono required label=${t('providers.key.label')} name="key" type="password" autocomplete="off"></k-field>
        ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
      </form>
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t('providers.dialog.cancel')}</k-button>
      <k-button
        slot="footer"
        variant="primary"
        ?loading=${this.busy}
        @click=${(): void => {
          this.form.requestSubmit();
        }}
        >${t('providers.key.save')}</k-button
      >
    </k-dialog>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { provider } = this;
    if (this.busy || !provider || !this.form.reportValidity()) return;
    const api_key = (new FormData(this.form).get('key') as string).trim();
    this.busy = true;
    this.problem = '';
    try {
      await changeProvider(provider.id, { api_key });
      this.#told(await checkProvider(provider.id));
    } catch (error) {
      this.problem = errorText(error, 'providers');
    }
    this.busy = false;
  };

  #told(provider: Provider): void {
    this.dispatchEvent(new CustomEvent('k-saved', { detail: provider }));
    const { error } = provider.health;
    if (error) {
      this.problem = t('providers.key.refused', { detail: faultText(error) });
      return;
    }
    toast(t('providers.key.works'), { tone: 'ok' });
    this.#close();
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-providers-key-dialog', ProvidersKeyDialog);
