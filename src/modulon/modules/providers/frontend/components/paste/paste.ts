import { define, errorText, faultText, randomId, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import { base, page } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import type { Preset, Provider } from '../../api.js';
import { hostOf } from '../../place.js';
import { saveProvider } from '../../save.js';
import { choice } from '../choice.styles.js';
import '../key/key.js';
import type { ProvidersKey } from '../key/key.js';

/** Adds a cloud provider by its key alone. Fires `k-saved` (detail: the provider) once its models are known. */
export class ProvidersPaste extends LitElement {
  static override styles = [base, page, choice];

  @property({ attribute: false }) presets: readonly Preset[] = [];

  @state() private preset: Preset | undefined;
  @state() private endpoint = '';
  @state() private busy = false;
  @state() private problem = '';
  @state() private added: Provider | undefined;
  @query('m-providers-key') private readonly key!: ProvidersKey | null;

  /** What a failed try has saved: the next one corrects it. */
  #saved: Provider | undefined;
  #savedFor = '';

  override render(): TemplateResult {
    return html`<section class="box" aria-labelledby="h">
      <h3 id="h">${icon('key-round', 's')}${t('providers.paste.title')}<small>${t('providers.paste.about')}</small></h3>
      <form class="in" novalidate @submit=${this.#submit}>${this.added ? this.#works(this.added) : this.#fields()}</form>
    </section>`;
  }

  #fields(): TemplateResult {
    return html`<div class="line">
        <m-providers-key label-hidden label=${t('providers.form.key')} .presets=${this.presets} .chosen=${this.preset} @k-preset=${this.#whose} @k-submit=${this.#submit}></m-providers-key>
        <k-button variant="line" type="submit" ?loading=${this.busy}>${t('providers.paste.add')}</k-button>
      </div>
      ${this.preset ? this.#where(this.preset) : nothing}
      ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}`;
  }

  #where(preset: Preset): TemplateResult {
    if (preset.complete) return html`<p class="say">${t('providers.form.leaves', { host: hostOf(preset.endpoint) })}. ${t('providers.form.key_hint')}</p>`;
    return html`<k-field
      mono
      label=${t('providers.form.endpoint')}
      inputmode="url"
      hint=${t('providers.form.endpoint_fill')}
      .value=${this.endpoint || preset.endpoint}
      @input=${(event: Event): void => {
        this.endpoint = (event.currentTarget as KField).value.trim();
      }}
    ></k-field>`;
  }

  #works({ name, models }: Provider): TemplateResult {
    return html`<div class="line">
      <p class="say" role="status"><k-chip tone="ok">${icon('check', 'xs')}${name}</k-chip> ${t('providers.paste.works', { n: models.total })}</p>
      <k-button size="sm" variant="quiet" @click=${this.#another}>${t('providers.paste.another')}</k-button>
    </div>`;
  }

  readonly #whose = ({ detail }: CustomEvent<Preset | undefined>): void => {
    this.preset = detail;
    this.endpoint = '';
    this.problem = '';
  };

  readonly #another = (): void => {
    this.added = undefined;
    this.preset = undefined;
  };

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { preset } = this;
    const api_key = this.key?.value ?? '';
    if (this.busy) return;
    const endpoint = this.endpoint || (preset?.endpoint ?? '');
    this.problem = this.#missing(api_key, preset, endpoint);
    if (this.problem || !preset) return;
    this.busy = true;
    try {
      this.#take(await saveProvider({ name: preset.name, type: 'openai', endpoint, api_key }, this.#before(preset), randomId()), preset);
    } catch (error) {
      this.problem = errorText(error, 'providers');
    }
    this.busy = false;
  };

  #before(preset: Preset): Provider | undefined {
    return this.#savedFor === preset.slug ? this.#saved : undefined;
  }

  #missing(key: string, preset: Preset | undefined, endpoint: string): string {
    if (key === '') return t('providers.paste.empty');
    if (!preset) return t('providers.paste.whose');
    return endpoint.includes('<') ? t('providers.form.endpoint_fill') : '';
  }

  #take(provider: Provider, preset: Preset): void {
    this.#saved = provider;
    this.#savedFor = preset.slug;
    const { health, models } = provider;
    if (health.error) this.problem = faultText(health.error);
    else if (models.total === 0) this.problem = t('providers.dialog.no_models');
    else {
      this.#saved = undefined;
      this.added = provider;
      this.dispatchEvent(new CustomEvent('k-saved', { detail: provider }));
    }
  }
}

define('m-providers-paste', ProvidersPaste);
