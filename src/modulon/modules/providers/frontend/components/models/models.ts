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
import '@modulon/kit/look-alikes';
import '@modulon/kit/skeleton';
import { base, page } from '@modulon/kit/styles';
import '@modulon/kit/switch';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { changeModel, listModels, switchModels, toggleModel, type Provider, type ProviderModel, type Shown } from '../../api.js';
import '../alias/alias.js';
import '../price/price.js';
import { priceText } from '../price/text.js';
import { CAPABILITY_ICONS } from './icons.js';
import { styles } from './models.styles.js';

const PAGE = 100;
/** Milliseconds of not typing after which the server is asked. */
const PAUSE = 200;

/** The models of one provider: found, named, pinned, switched one by one or many. Fires `k-changed` when some were. */
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
  @state() private next: string | null = null;
  @state() private named: ProviderModel | undefined;
  @state() private priced: ProviderModel | undefined;

  #typing: ReturnType<typeof setTimeout> | undefined;
  /** The newest question to the server: answers to older ones come too late. */
  #asked = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.has('provider') && changed.get('provider')?.id !== this.provider.id;
    if (!other && !changed.has('generation')) return;
    if (other) {
      this.models = undefined;
      this.query = '';
      this.shown = 'all';
    }
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  override render(): TemplateResult {
    return html`<section class="box" aria-label=${t('providers.models.label', { name: this.provider.name })}>${this.#content()}</section>
      <m-providers-alias .provider=${this.provider} .model=${this.named} @k-saved=${this.#changed} @k-close=${this.#leave}></m-providers-alias>
      <m-providers-price .provider=${this.provider} .model=${this.priced} @k-saved=${this.#changed} @k-close=${this.#leave}></m-providers-price>`;
  }

  #content(): TemplateResult {
    const { models } = this;
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('providers.models.failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${(): void => void this.#load()}>${t('providers.retry')}</k-button>
      </k-banner>`;
    }
    if (!models) return html`<k-skeleton rows lines="4"></k-skeleton>`;
    if (models.length === 0 && this.query === '' && this.shown === 'all') {
      return html`<k-empty-state icon="box" heading=${t('providers.models.none')} text=${t('providers.models.none_about')}></k-empty-state>`;
    }
    return html`${this.#tools()} ${this.selected.size > 0 ? this.#bulk() : nothing} ${this.#table(models)}`;
  }

  #tools(): TemplateResult {
    const { total, enabled } = this.provider.models;
    const counts: [Shown, number][] = [['all', total], ['on', enabled], ['off', total - enabled]];
    const label = t('providers.models.search', { n: total });
    return html`<div class="tools">
      <k-field
        compact
        label-hidden
        icon="search"
        type="search"
        maxlength="200"
        label=${label}
        placeholder=${label}
        .value=${this.query}
        @input=${(event: Event): void => {
          this.query = (event.currentTarget as KField).value;
          clearTimeout(this.#typing);
          this.#typing = setTimeout(() => void this.#load(), PAUSE);
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
        void this.#load();
      }}
      >${t(`providers.models.${shown}`, { n })}</k-chip
    >`;
  }

  #bulk(): TemplateResult {
    const act = (enabled: boolean) => (): void => void this.#switchMany({ enabled, models: [...this.selected] });
    const every = (enabled: boolean) => (): void => void this.#switchMany({ enabled, q: this.query });
    // More are found than are shown: those can be meant too.
    const more = this.next !== null && this.models?.every((model) => this.selected.has(model.id)) === true;
    return html`<div class="bulk" role="toolbar" aria-label=${t('providers.models.bulk')}>
      <b>${t('providers.models.selected', { n: this.selected.size, total: this.provider.models.total })}</b>
      <k-button size="sm" variant="link" @click=${act(true)}>${t('providers.models.enable')}</k-button>
      <k-button size="sm" variant="link" @click=${act(false)}>${t('providers.models.disable')}</k-button>
      ${more
        ? html`<k-button size="sm" variant="link" @click=${every(true)}>${t('providers.models.enable_all')}</k-button>
            <k-button size="sm" variant="link" @click=${every(false)}>${t('providers.models.disable_all')}</k-button>`
        : nothing}
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
            <th scope="col" class="num extra">${t('providers.price.head')}</th>
            <th scope="col" class="num">${t('providers.models.on_head')}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(visible, (model) => model.id, (model) => this.#row(model))}
        </tbody>
      </table>
      ${this.next === null
        ? nothing
        : html`<div class="more"><k-button size="sm" variant="quiet" @click=${(): void => void this.#load(this.next)}>${t('providers.models.more')}</k-button></div>`}
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
      <td>
        <span class="called">
          <b>${model.model_name}<k-look-alikes name=${`${model.model_name} ${model.model_id} ${model.alias ?? ''}`}></k-look-alikes></b>${other}${model.alias ? html`<small>${t('providers.models.called', { alias: model.alias })}</small>` : nothing}
          ${this.#marks(model)}
        </span>
      </td>
      <td class="extra">${this.#capabilities(model)}</td>
      <td class="num extra">${model.context_window === null ? '–' : formatCompact(model.context_window)}</td>
      <td class="num extra">${priceText(model)}</td>
      <td class="num">
        <k-switch
          label=${t('providers.models.toggle', { model: model.model_name })}
          .checked=${model.enabled}
          @change=${(): void => void this.#switch(model)}
        ></k-switch>
      </td>
    </tr>`;
  }

  /** First in the picker, a name of its own, a price. */
  #marks(model: ProviderModel): TemplateResult {
    const pin = t(model.pinned ? 'providers.models.unpin' : 'providers.models.pin', { model: model.model_name });
    return html`<k-icon-button
        size="sm"
        icon="pin"
        class=${model.pinned ? 'pinned' : ''}
        label=${pin}
        @click=${(): void => void this.#pin(model)}
      ></k-icon-button
      ><k-icon-button
        size="sm"
        class="quiet"
        icon="tag"
        label=${t('providers.models.name', { model: model.model_name })}
        @click=${(): void => {
          this.named = model;
        }}
      ></k-icon-button
      ><k-icon-button
        size="sm"
        class="quiet"
        icon="coins"
        label=${t('providers.price.set', { model: model.model_name })}
        @click=${(): void => {
          this.priced = model;
        }}
      ></k-icon-button>`;
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

  async #switchMany(change: { enabled: boolean; models?: string[]; q?: string }): Promise<void> {
    try {
      const { changed } = await switchModels(this.provider.id, change);
      this.selected = new Set();
      toast(t('providers.models.changed', { n: changed }), { tone: 'ok' });
    } catch (error) {
      toast(errorText(error, 'providers'), { tone: 'bad' });
    }
    this.dispatchEvent(new CustomEvent('k-changed'));
    await this.#load();
  }

  async #pin(model: ProviderModel): Promise<void> {
    try {
      this.#replace(await changeModel(this.provider.id, model.id, { pinned: !model.pinned }));
    } catch (error) {
      toast(errorText(error, 'providers'), { tone: 'bad' });
    }
  }

  readonly #changed = ({ detail }: CustomEvent<ProviderModel>): void => {
    this.#replace(detail);
  };

  readonly #leave = (): void => {
    this.named = undefined;
    this.priced = undefined;
  };

  /** Shows the change at once and takes back what the server did not do. */
  async #switch(model: ProviderModel): Promise<void> {
    this.#replace({ ...model, enabled: !model.enabled });
    try {
      await toggleModel(this.provider.id, model.id, !model.enabled);
    } catch (error) {
      this.#replace(model);
      toast(errorText(error, 'providers'), { tone: 'bad' });
    }
    this.dispatchEvent(new CustomEvent('k-changed'));
  }

  #replace(model: ProviderModel): void {
    this.models = this.models?.map((other) => (other.id === model.id ? model : other));
  }

  /** Asks for the first page, or for the one after *cursor*. */
  async #load(cursor: string | null = null): Promise<void> {
    const asked = ++this.#asked;
    this.problem = '';
    try {
      const page = await listModels(this.provider.id, { q: this.query.trim(), state: this.shown, cursor, limit: PAGE });
      if (asked !== this.#asked) return;
      this.models = cursor === null ? page.items : [...(this.models ?? []), ...page.items];
      this.next = page.next;
    } catch (error) {
      if (asked === this.#asked) this.problem = errorText(error, 'providers');
    }
  }
}

define('m-providers-models', ProvidersModels);
