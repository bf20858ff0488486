import { define, errorText, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { changeModel, type Provider, type ProviderModel } from '../../api.js';

/** The dialog that gives a model a name of its own. Fires `k-saved` (detail: the model) and `k-close`. */
export class ProvidersAlias extends LitElement {
  static override styles = base;

  @property({ attribute: false }) provider!: Provider;
  /** The model to name; nothing while the dialog is closed. */
  @property({ attribute: false }) model: ProviderModel | undefined;

  @state() private busy = false;
  @state() private problem = '';
  @query('form') private readonly form!: HTMLFormElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) this.problem = '';
  }

  override render(): TemplateResult {
    const { model } = this;
    return html`<k-dialog ?open=${model !== undefined} heading=${t('providers.alias.title', { model: model?.model_name ?? '' })} text=${t('providers.alias.about')} @k-close=${this.#close}>
      <form novalidate @submit=${this.#submit}>
        <k-field autofocus mono label=${t('providers.alias.label')} name="alias" maxlength="80" hint=${t('providers.alias.hint')} .value=${model?.alias ?? ''} .error=${this.problem}></k-field>
      </form>
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t('providers.dialog.cancel')}</k-button>
      <k-button
        slot="footer"
        variant="primary"
        ?loading=${this.busy}
        @click=${(): void => {
          this.form.requestSubmit();
        }}
        >${t('providers.dialog.save')}</k-button
      >
    </k-dialog>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { model } = this;
    if (this.busy || !model) return;
    const alias = ((new FormData(this.form).get('alias') as string | null) ?? '').trim();
    if (alias !== '' && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(alias)) {
      this.problem = t('providers.alias.hint');
      return;
    }
    this.busy = true;
    try {
      const detail = await changeModel(this.provider.id, model.id, { alias: alias === '' ? null : alias });
      this.dispatchEvent(new CustomEvent('k-saved', { detail }));
      this.#close();
    } catch (error) {
      this.problem = errorText(error, 'providers');
    }
    this.busy = false;
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-providers-alias', ProvidersAlias);
