import { define, errorText, t, toast, Watch } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import type { Preset, Provider } from '../../api.js';
import { loadPresets, OTHER, presetOf, presets } from '../../presets.js';
import type { ProvidersForm } from '../form/form.js';
import '../form/form.js';
import { kinds } from '../kinds.js';

/** The dialog that adds a provider or changes one. Fires `k-saved` (detail: the provider) and `k-close`. */
export class ProvidersDialog extends LitElement {
  static override styles = [
    base,
    css`
      .body {
        display: grid;
        gap: var(--s4);
        grid-template-columns: minmax(0, 1fr);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  /** The one to change; nothing to add one. */
  @property({ attribute: false }) provider: Provider | undefined;

  @state() private preset = OTHER.slug;
  @state() private busy = false;
  @state() private tried = false;
  @query('m-providers-form') private readonly form!: ProvidersForm;

  readonly #presets = new Watch(this, presets);

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.preset = OTHER.slug;
    this.tried = false;
    this.busy = false;
    // Without them any address can still be written.
    loadPresets().catch((error: unknown) => toast(errorText(error, 'providers'), { tone: 'bad' }));
  }

  override render(): TemplateResult {
    const { provider } = this;
    const heading = provider ? t('providers.dialog.edit', { name: provider.name }) : t('providers.dialog.add');
    return html`<k-dialog ?open=${this.open} heading=${heading} text=${t('providers.dialog.add_about')} @k-close=${this.#close}>
      ${this.open ? this.#body() : nothing}
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t(this.tried ? 'providers.dialog.later' : 'providers.dialog.cancel')}</k-button>
      <k-button slot="footer" variant="primary" ?loading=${this.busy} @click=${(): void => void this.form.save()}>${t(`providers.dialog.${this.#verb}`)}</k-button>
    </k-dialog>`;
  }

  get #verb(): string {
    if (this.provider) return 'save';
    return this.tried ? 'again' : 'submit';
  }

  #body(): TemplateResult {
    return html`<div class="body">
      ${this.provider ? nothing : this.#kinds()}
      <m-providers-form
        .provider=${this.provider}
        .preset=${this.provider ? OTHER : presetOf(this.preset)}
        @k-busy=${(event: CustomEvent<boolean>): void => {
          this.busy = event.detail;
        }}
        @k-preset=${({ detail }: CustomEvent<Preset>): void => {
          this.preset = detail.slug;
        }}
        @k-saved=${this.#saved}
      ></m-providers-form>
    </div>`;
  }

  #kinds(): TemplateResult {
    return html`<k-select
      autofocus
      label=${t('providers.form.kind')}
      value=${this.preset}
      .options=${kinds(this.#presets.value ?? [])}
      ?disabled=${this.tried}
      @change=${(event: Event): void => {
        this.preset = (event.target as KSelect).value;
      }}
    ></k-select>`;
  }

  readonly #saved = ({ detail }: CustomEvent<Provider>): void => {
    this.tried = true;
    this.dispatchEvent(new CustomEvent('k-saved', { detail }));
    if (detail.health.state === 'failing' || detail.models.total === 0) return;
    toast(t('providers.dialog.found', { name: detail.name, n: detail.models.total }), { tone: 'ok' });
    this.#close();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-providers-dialog', ProvidersDialog);
