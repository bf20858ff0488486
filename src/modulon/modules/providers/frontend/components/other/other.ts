import { define, t, Watch } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import type { Preset, Provider } from '../../api.js';
import { OTHER, presetOf, presets } from '../../presets.js';
import '../form/form.js';
import type { ProvidersForm } from '../form/form.js';
import { kinds } from '../kinds.js';

/** A provider chosen from the list, or any address. Fires `k-saved` (detail: the provider) whether it answers or not. */
export class ProvidersOther extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--s4);
        grid-template-columns: minmax(0, 1fr);
      }
      .end {
        display: flex;
        justify-content: flex-end;
      }
    `,
  ];

  @state() private preset = OTHER.slug;
  @state() private saved: Provider | undefined;
  @state() private busy = false;
  @query('m-providers-form') private readonly form!: ProvidersForm;

  readonly #presets = new Watch(this, presets);

  /** Chooses a preset and goes to its fields. */
  choose(slug: string): void {
    this.preset = slug;
    this.saved = undefined;
    this.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const works = this.saved?.health.state === 'healthy' && this.saved.models.total > 0;
    return html`<k-select
        label=${t('providers.form.kind')}
        value=${this.preset}
        .options=${kinds(this.#presets.value ?? [])}
        @change=${(event: Event): void => {
          this.choose((event.target as KSelect).value);
        }}
      ></k-select>
      <m-providers-form
        .preset=${presetOf(this.preset)}
        .saved=${this.saved}
        @k-busy=${(event: CustomEvent<boolean>): void => {
          this.busy = event.detail;
        }}
        @k-preset=${({ detail }: CustomEvent<Preset>): void => {
          this.preset = detail.slug;
        }}
        @k-saved=${this.#saved}
      ></m-providers-form>
      <div class="end">
        <k-button variant="line" icon=${works ? 'check' : ''} ?loading=${this.busy} @click=${(): void => void this.form.save()}
          >${works ? t('providers.dialog.found', { name: this.saved?.name ?? '', n: this.saved?.models.total ?? 0 }) : t(this.saved ? 'providers.dialog.again' : 'providers.dialog.submit')}</k-button
        >
      </div>`;
  }

  readonly #saved = ({ detail }: CustomEvent<Provider>): void => {
    this.saved = detail;
    this.dispatchEvent(new CustomEvent('k-saved', { detail }));
  };
}

define('m-providers-other', ProvidersOther);
