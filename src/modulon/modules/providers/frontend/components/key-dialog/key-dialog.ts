import { define, faultText, Submission, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

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

  readonly #sent = new Submission(this, { module: 'providers' });

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('provider')) return;
    // The list hands on a newer reading of the same provider: what was said about its key stays.
    if (changed.get('provider')?.id !== this.provider?.id) this.#sent.refuse();
  }

  override render(): TemplateResult {
    const { provider } = this;
    const heading = t('providers.key.title', { name: provider?.name ?? '' });
    return html`<k-dialog ?open=${provider !== undefined} heading=${heading} text=${t('providers.key.about')} @k-close=${this.#close}>
      <form @submit=${this.#submit} novalidate>
        <k-field autofocus mono required label=${t('providers.key.label')} name="key" type="password" autocomplete="off"></k-field>
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      </form>
      ${formButtons({ cancel: t('providers.dialog.cancel'), submit: t('providers.key.save') }, this.#sent.busy)}
    </k-dialog>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const { provider } = this;
      if (!provider) return;
      await changeProvider(provider.id, { api_key: (data.get('key') as string).trim() });
      this.#told(await checkProvider(provider.id));
    });

  #told(provider: Provider): void {
    this.dispatchEvent(new CustomEvent('k-saved', { detail: provider }));
    const { error } = provider.health;
    if (error) {
      this.#sent.refuse(t('providers.key.refused', { detail: faultText(error) }));
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
