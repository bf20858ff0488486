import { define, errorText, formatCompact, hasMessage, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/checkbox';
import '@modulon/kit/chip';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/icon-button';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/skeleton';
import { base, page } from '@modulon/kit/styles';
import '@modulon/kit/switch';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { listModels, toggleModel, type Provider, type ProviderModel } from '../../api.js';
import { CAPABILITY_ICONS, filterModels, type Shown } from './filter.js';
import { styles } from './models.styles.js';

/** The models of one provider: found, switched one by one or many. Fires `k-changed` when some were switched. */
export class ProvidersModels extends LitElement {
  static override styles = [base, page, styles];

  @property({ attribute: false }) provider!: Provider;
  /** Counts up to have the models loaded anew. */
  @property({ type: Number }) generation = 0;

  @state() private models: readonly ProviderModel[] | undefined;
  @state() private problem = '';
  @state() private query = '';
  @state() private shown: Shown = 'all';
  @state() private selected: ReadonlySet<string> = new Set();

  override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.has('provider') && changed.get('provider')?.id !== this.provider.id;
    if (other || changed.has('generation')) void this.#load();
  }

  override render(): TemplateResult {
    return html`<section class="box" aria-label=${t('providers.models.label', { name: this.provider.name })}>${this.#content()}</section>`;
  }

  #content(): TemplateResult {
    const { models } = this;
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('providers.models.failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${this.#load}>${t('providers.retry')}</k-button>
      </k-banner>`;
    }
    if (!models) return html`<k-skeleton rows lines="4"></k-skeleton>`;
    if (models.length === 0) {
      return html`<k-empty-state icon="box" heading=${t('providers.models.none')} text=${t('providers.models.none_about')}></k-empty-state>`;
    }
    const visible = filterModels(models, this.query, this.shown);
    return html`${this.#tools(models)} ${this.selected.size > 0 ? this.#bulk(models) : nothing} ${this.#table(visible)}`;
  }

  #tools(models: readonly ProviderModel[]): TemplateResult {
    const on = models.filter((model) => model.enabled).length;
    const counts: [Shown, number][] = [['all', models.length], ['on', on], ['off', models.length - on]];
    const label = t('providers.models.search', { n: models.length });
    return html`<div class="tools">
      <k-field
        compact
        label-hidden
        icon="search"
        type="search"
        label=${label}
        placeholder=${label}
        .value=${this.query}
        @input=${(event: Event): void => {
          this.query = (event.currentTarget as KField).value;
        }}
      ></k-field>
      ${counts.map(([shown, n]) => this.#filter(shown, n))}
    </div>`;
  }

  #filter(shown: Shown, n: number): TemplateResult {
    return html`<k-chip
      selectable
      .selected=${this.shown === shown}
      @change=${(): void => {
        this.shown = this.shown === shown ? 'all' : shown;
        this.requestUpdate();
      }}
      >${t(`providers.models.${shown}`, { n })}</k-chip
    >`;
  }

  #bulk(models: readonly ProviderModel[]): TemplateResult {
    const act = (enabled: boolean) => (): void => void this.#switchSelected(enabled);
    return html`<div class="bulk" role="toolbar" aria-label=${t('providers.models.bulk')}>
      <b>${t('providers.models.selected', { n: this.selected.size, total: models.length })}</b>
      <k-button size="sm" variant="link" @click=${act(true)}>${t('providers.models.enable')}</k-button>
      <k-button size="sm" variant="link" @click=${act(false)}>${t('providers.models.disable')}</k-button>
      <span class="space"></span>
      <k-icon-button
        size="sm"
        icon="x"
        label=${t('providers.models.clear')}
        @click=${(): void => {
          this.selected = new Set();
        }}
      ></k-icon-button>
    </div>`;
  }

  #table(visible: readonly ProviderModel[]): TemplateResult {
    if (visible.length === 0) return html`<k-empty-state small icon="search" heading=${t('providers.models.no_match')}></k-empty-state>`;
    const chosen = visible.filter((model) => this.selected.has(model.id)).length;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>
              <k-checkbox
                label-hidden
                label=${t('providers.models.select_all')}
                .checked=${chosen === visible.length}
                .indeterminate=${chosen > 0 && chosen < visible.length}
                @change=${(): void => {
                  this.selected = chosen === visible.length ? new Set() : new Set(visible.map((model) => model.id));
                }}
              ></k-checkbox>
            </th>
            <th scope="col">${t('providers.models.model')}</th>
            <th scope="col" class="extra">${t('providers.models.can')}</th>
            <th scope="col" class="num extra">${t('providers.models.context')}</th>
            <th scope="col" class="num">${t('providers.models.on_head')}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(visible, (model) => model.id, (model) => this.#row(model))}
        </tbody>
      </table>
    </div>`;
  }

  #row(model: ProviderModel): TemplateResult {
    const other = model.model_name !== model.model_id ? html`<small>${model.model_id}</small>` : nothing;
    return html`<tr class=${model.enabled ? '' : 'off'}>
      <td>
        <k-checkbox
          label-hidden
          label=${t('providers.models.select', { model: model.model_name })}
          .checked=${this.selected.has(model.id)}
          @change=${(): void => {
            this.#select(model);
          }}
        ></k-checkbox>
      </td>
      <td><b>${model.model_name}</b>${other}</td>
      <td class="extra">${this.#capabilities(model)}</td>
      <td class="num extra">${model.context_window === null ? '–' : formatCompact(model.context_window)}</td>
      <td class="num">
        <k-switch
          label=${t('providers.models.toggle', { model: model.model_name })}
          .checked=${model.enabled}
          @change=${(): void => void this.#switch([model], !model.enabled)}
        ></k-switch>
      </td>
    </tr>`;
  }

  #capabilities({ capabilities }: ProviderModel): TemplateResult | string {
    if (capabilities.length === 0) return '–';
    const names = capabilities.map((one) => {
      const key = `providers.models.capability.${one}`;
      return hasMessage(key) ? t(key) : one;
    });
    return html`<span class="can" role="img" aria-label=${names.join(', ')} title=${names.join(', ')}>
      ${capabilities.map((one) => icon(CAPABILITY_ICONS[one] ?? 'circle-check', 'xs'))}
    </span>`;
  }

  #select(model: ProviderModel): void {
    const next = new Set(this.selected);
    if (!next.delete(model.id)) next.add(model.id);
    this.selected = next;
  }

  async #switchSelected(enabled: boolean): Promise<void> {
    const chosen = (this.models ?? []).filter((model) => this.selected.has(model.id) && model.enabled !== enabled);
    await this.#switch(chosen, enabled);
    this.selected = new Set();
  }

  /** Shows the change at once and takes back what the server did not do. */
  async #switch(models: readonly ProviderModel[], enabled: boolean): Promise<void> {
    for (const model of models) this.#replace({ ...model, enabled });
    const failed: ProviderModel[] = [];
    // One after the other: each is a new revision of the provider, and two at once would collide.
    for (const model of models) await toggleModel(this.provider.id, model.id, enabled).catch(() => failed.push(model));
    for (const model of failed) this.#replace(model);
    if (failed.length > 0) toast(t('providers.models.some_failed', { n: failed.length }), { tone: 'bad' });
    this.dispatchEvent(new CustomEvent('k-changed'));
  }

  #replace(model: ProviderModel): void {
    this.models = this.models?.map((other) => (other.id === model.id ? model : other));
  }

  readonly #load = async (): Promise<void> => {
    this.problem = '';
    try {
      this.models = await listModels(this.provider.id);
    } catch (error) {
      this.problem = errorText(error, 'providers');
    }
  };
}

define('m-providers-models', ProvidersModels);
