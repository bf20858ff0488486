import { define, errorText, faultText, fieldTexts, randomId, t, Watch } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import type { NewProvider, Preset, Provider } from '../../api.js';
import { hostOf, placeOf } from '../../place.js';
import { OTHER, presets } from '../../presets.js';
import { saveProvider } from '../../save.js';
import '../key/key.js';
import type { ProvidersKey } from '../key/key.js';

const FIELDS = ['name', 'endpoint', 'api_key'];

/**
 * Name, address and key of a provider; `save()` creates or changes it and tries it out. Fires `k-saved` (detail: the
 * provider) whether it answers or not, `k-busy` (detail: true or false), and `k-preset` (detail: the preset) when a
 * pasted key is another provider's.
 */
export class ProvidersForm extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: var(--s4);
        grid-template-columns: minmax(0, 1fr);
      }
      .place {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        color: var(--text-2);
        font-size: var(--t-xs);
        margin-block-start: calc(-1 * var(--s2));
      }
      .place svg {
        color: var(--text-3);
      }
    `,
  ];

  @property({ attribute: false }) preset: Preset = OTHER;
  /** The provider to change; nothing for a new one. */
  @property({ attribute: false }) provider: Provider | undefined;

  /** What an earlier try has saved: the next one corrects it, so that no dead provider is left behind. */
  @property({ attribute: false }) saved: Provider | undefined;

  @state() private endpoint = '';
  @state() private problem = '';
  @state() private fields: Record<string, string> = {};
  @query('form') private readonly form!: HTMLFormElement;
  @query('m-providers-key') private readonly key!: ProvidersKey | null;

  readonly #presets = new Watch(this, presets);
  #busy = false;
  #idempotencyKey = randomId();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('preset') && !this.provider) this.endpoint = this.preset.endpoint;
    if (changed.has('provider') && this.provider) {
      this.saved = this.provider;
      this.endpoint = this.provider.endpoint;
    }
    if (changed.has('preset')) {
      this.problem = '';
      this.fields = {};
    }
  }

  override render(): TemplateResult {
    const { fields } = this;
    return html`<form @submit=${this.#submitted} novalidate>
      <k-field label=${t('providers.form.name')} name="name" maxlength="80" .value=${this.provider?.name ?? this.preset.name} .error=${fields['name'] ?? ''}></k-field>
      <k-field
        mono
        label=${t('providers.form.endpoint')}
        name="endpoint"
        inputmode="url"
        placeholder="http://127.0.0.1:11434/v1"
        hint=${t('providers.form.endpoint_hint')}
        .value=${this.provider?.endpoint ?? this.preset.endpoint}
        .error=${fields['endpoint'] ?? ''}
        @input=${this.#typed}
      ></k-field>
      ${this.endpoint ? this.#place() : nothing} ${this.#asksKey() ? this.#key() : nothing}
      ${this.problem ? html`<k-banner tone="bad" role="alert" heading=${this.#problemHeading()}>${this.problem}</k-banner>` : nothing}
    </form>`;
  }

  #place(): TemplateResult {
    const place = placeOf(this.endpoint);
    const words = { local: 'stays', network: 'network', cloud: 'leaves' }[place];
    return html`<p class="place">${icon(place === 'cloud' ? 'globe' : 'lock', 'xs')}${t(`providers.form.${words}`, { host: hostOf(this.endpoint) })}</p>`;
  }

  /** A provider that is changed keeps its key, unless its address leads to another host. */
  #asksKey(): boolean {
    if (this.provider) return this.#otherHost();
    return this.preset.key !== 'none';
  }

  #otherHost(): boolean {
    return this.provider !== undefined && hostOf(this.endpoint) !== hostOf(this.provider.endpoint);
  }

  #key(): TemplateResult {
    const hint = this.provider ? 'key_forgotten' : this.preset.key === 'needed' ? 'key_hint' : 'key_optional';
    return html`<m-providers-key
      label=${t('providers.form.key')}
      .presets=${this.provider ? [] : (this.#presets.value ?? [])}
      .chosen=${this.preset === OTHER ? undefined : this.preset}
      .hint=${t(`providers.form.${hint}`)}
      .error=${this.fields['api_key'] ?? ''}
      @k-preset=${this.#recognised}
      @k-submit=${(): void => void this.save()}
    ></m-providers-key>`;
  }

  /** A key that is pasted before anything was chosen, or is another provider's, chooses. */
  readonly #recognised = ({ detail }: CustomEvent<Preset | undefined>): void => {
    const typed = this.endpoint !== this.preset.endpoint;
    if (detail && !this.saved && !typed) this.dispatchEvent(new CustomEvent('k-preset', { detail }));
  };

  #problemHeading(): string {
    return t(this.saved ? 'providers.dialog.not_answering' : 'providers.dialog.failed');
  }

  readonly #typed = (event: Event): void => {
    this.endpoint = (event.currentTarget as KField).value.trim();
  };

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    void this.save();
  };

  /** Saves and tries out what is written; does nothing while it does so already. */
  async save(): Promise<void> {
    const written = this.#written();
    if (this.#busy || !written) return;
    this.#setBusy(true);
    this.problem = '';
    try {
      this.saved = await saveProvider(written, this.saved, this.#idempotencyKey);
      this.#tell(this.saved);
    } catch (error) {
      this.#failed(error);
    }
    this.#setBusy(false);
  }

  /** What is written, or nothing if a part is missing: then it says which. */
  #written(): NewProvider | undefined {
    const data = new FormData(this.form);
    const of = (name: string): string => ((data.get(name) as string | null) ?? '').trim();
    const missing: Record<string, string> = {};
    if (of('name') === '') missing['name'] = t('providers.form.name_missing');
    const api_key = this.key?.value ?? '';
    if (!/^https?:\/\/./.test(of('endpoint'))) missing['endpoint'] = t('providers.form.endpoint_missing');
    if (of('endpoint').includes('<')) missing['endpoint'] = t('providers.form.endpoint_fill');
    if (!this.provider && this.preset.key === 'needed' && api_key === '') missing['api_key'] = t('providers.form.key_missing');
    this.fields = missing;
    if (Object.keys(missing).length > 0) return undefined;
    return { name: of('name'), type: 'openai', endpoint: of('endpoint'), ...(api_key ? { api_key } : {}) };
  }

  #tell(provider: Provider): void {
    if (provider.health.state === 'failing') this.problem = provider.health.error ? faultText(provider.health.error) : '';
    else if (provider.models.total === 0) this.problem = t('providers.dialog.no_models');
    this.dispatchEvent(new CustomEvent('k-saved', { detail: provider }));
  }

  #failed(error: unknown): void {
    this.fields = fieldTexts(error, FIELDS, 'providers');
    if (Object.keys(this.fields).length === 0) this.problem = errorText(error, 'providers');
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.dispatchEvent(new CustomEvent('k-busy', { detail: busy }));
  }
}

define('m-providers-form', ProvidersForm);
