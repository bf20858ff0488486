import { define, t } from '@modulon/sdk';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { base, page } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import type { Provider } from '../../api.js';
import { hostOf, placeOf } from '../../place.js';
import { OTHER, PRESETS, presetOf, type Preset } from '../../presets.js';
import '../form/form.js';
import type { ProvidersForm } from '../form/form.js';
import { styles } from './first.styles.js';

/** The step of the set-up that adds the first provider. Fires `k-done` with what the overview says about it. */
export class ProvidersFirst extends LitElement {
  static override styles = [base, page, styles];

  @state() private chosen = '';
  @state() private busy = false;
  @state() private provider: Provider | undefined;
  @query('m-providers-form') private readonly form!: ProvidersForm | null;

  override render(): TemplateResult {
    return html`<header>
        <h2>${t('providers.first.title')}</h2>
        <p>${t('providers.first.about')}</p>
      </header>
      ${this.#group('local', 'server', [...PRESETS.filter((preset) => preset.local), OTHER])}
      ${this.#group('cloud', 'key-round', PRESETS.filter((preset) => !preset.local))}`;
  }

  #group(key: string, sign: string, presets: readonly Preset[]): TemplateResult {
    const id = `g-${key}`;
    const open = presets.some((preset) => preset.id === this.chosen);
    return html`<section class="box">
      <h3 id=${id}>${icon(sign, 's')}${t(`providers.first.${key}`)}<small>${t(`providers.first.${key}_about`)}</small></h3>
      <div class="choices" role="radiogroup" aria-labelledby=${id}>${presets.map((preset) => this.#choice(preset))}</div>
      ${open ? this.#form() : nothing}
    </section>`;
  }

  #choice(preset: Preset): TemplateResult {
    const on = preset.id === this.chosen;
    return html`<label class=${on ? 'on' : ''}>
      <input
        type="radio"
        name="preset"
        value=${preset.id}
        .checked=${on}
        @change=${(): void => {
          this.chosen = preset.id;
        }}
      />
      <span class="two"><b>${preset.name || t('providers.form.other')}</b>${preset.endpoint ? html`<small>${hostOf(preset.endpoint)}</small>` : nothing}</span>
    </label>`;
  }

  #form(): TemplateResult {
    const again = this.provider ? 'providers.dialog.again' : 'providers.first.continue';
    return html`<div class="form">
      <m-providers-form
        .preset=${presetOf(this.chosen)}
        .saved=${this.provider}
        @k-busy=${(event: CustomEvent<boolean>): void => {
          this.busy = event.detail;
        }}
        @k-saved=${this.#saved}
      ></m-providers-form>
      <div class="end">
        <k-button variant="primary" ?loading=${this.busy} @click=${(): void => void this.form?.save()}>${t(again)}</k-button>
      </div>
    </div>`;
  }

  readonly #saved = ({ detail }: CustomEvent<Provider>): void => {
    this.provider = detail;
    if (detail.health.state === 'failing' || detail.models.total === 0) return;
    const told = {
      provider: detail.name,
      host: hostOf(detail.endpoint),
      local: placeOf(detail.endpoint) !== 'cloud',
      models: detail.models.total,
    };
    // Through the boundary around contributed elements.
    this.dispatchEvent(new CustomEvent('k-done', { detail: told, bubbles: true, composed: true }));
  };
}

define('m-providers-first', ProvidersFirst);
