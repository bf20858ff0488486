import { define, Submission, t } from '@modulon/sdk';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { changeModel, type Provider, type ProviderModel } from '../../api.js';

/** The dialog that gives a model a name of its own. Fires `k-saved` (detail: the model) and `k-close`. */
export class ProvidersAlias extends LitElement {
  static override styles = base;

  @property({ attribute: false }) provider!: Provider;
  /** The model to name; nothing while the dialog is closed. */
  @property({ attribute: false }) model: ProviderModel | undefined;

  readonly #sent = new Submission(this, { module: 'providers', fields: ['alias'] });

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) this.#sent.refuse();
  }

  override render(): TemplateResult {
    const { model } = this;
    return html`<k-dialog ?open=${model !== undefined} heading=${t('providers.alias.title', { model: model?.model_name ?? '' })} text=${t('providers.alias.about')} @k-close=${this.#close}>
      <form novalidate @submit=${this.#submit}>
        <k-field autofocus mono label=${t('providers.alias.label')} name="alias" maxlength="80" hint=${t('providers.alias.hint')} .value=${model?.alias ?? ''} .error=${this.#sent.fields['alias'] ?? this.#sent.problem}></k-field>
      </form>
      ${formButtons({ cancel: t('providers.dialog.cancel'), submit: t('providers.dialog.save') }, this.#sent.busy)}
    </k-dialog>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const alias = (data.get('alias') as string).trim();
      if (!this.model) return;
      if (alias !== '' && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(alias)) {
        this.#sent.refuse(t('providers.alias.hint'));
        return;
      }
      const detail = await changeModel(this.provider.id, this.model.id, { alias: alias === '' ? null : alias });
      this.dispatchEvent(new CustomEvent('k-saved', { detail }));
      this.#close();
    });

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-providers-alias', ProvidersAlias);
