import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { Watch, define, session, t } from '@modulon/sdk';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { lookAlikesText } from '@modulon/kit/look-alikes';
import '@modulon/kit/popover';
import type { KPopover } from '@modulon/kit/popover';
import { base } from '@modulon/kit/styles';

import type { Model } from '../../api.js';
import { loadModels, modelName, models, nameOf, reasonOf, vendorsId } from '../../state/models.js';
import { PROVIDERS } from '../../paths.js';
import { contextLabel, groupModels, usefulNeeds, type ModelGroup, type Need } from './filter.js';
import { styles } from './chat-models.styles.js';

/** All that a model is called by, for the mark of what looks like another name. */
function namesOf(model: Model | undefined): string {
  return model === undefined ? '' : `${nameOf(model)} ${vendorsId(model.id)} ${model.provider.name}`;
}

/**
 * `m-chat-models`: the model the next message goes to, and a picker that finds another. A model that cannot be used
 * stays in the list and says why.
 *
 * @fires m-choose - `detail` is the model's id
 */
export class ChatModels extends LitElement {
  static override styles = [base, styles];

  /** Id of the chosen model, '' for none. */
  @property() value = '';
  @state() private text = '';
  @state() private needs: ReadonlySet<Need> = new Set();
  @state() private active = '';
  @state() private open = false;
  @query('k-popover') private readonly picker!: KPopover;
  @query('.pick') private readonly trigger!: HTMLElement;

  readonly #models = new Watch(this, models);

  /** Opens the picker. */
  show(): void {
    this.picker.show();
  }

  get #items(): readonly Model[] {
    return this.#models.value.items ?? [];
  }

  get #groups(): ModelGroup[] {
    return groupModels(this.#items, this.text, this.needs, this.value);
  }

  get #usable(): Model[] {
    return this.#groups.flatMap(({ items }) => items).filter(({ available }) => available);
  }

  /** Enter takes what is marked: the first that fits, also when the models arrive after the first letters. */
  protected override willUpdate(): void {
    if (!this.open) return;
    const usable = this.#usable;
    if (!usable.some(({ id }) => id === this.active)) this.active = usable[0]?.id ?? '';
  }

  protected override render(): TemplateResult {
    const chosen = this.#items.find(({ id }) => id === this.value);
    const name = modelName(this.value) || t('chat.composer.choose');
    const { items, error } = this.#models.value;
    const gone = this.value !== '' && (chosen === undefined ? items !== null && error === null : !chosen.available);
    const label = this.value === '' ? name : t('chat.composer.model', { name });
    return html`<k-popover placement="top-end" label=${t('chat.models.label')} @k-open=${this.#opened} @k-close=${() => { this.open = false; }}>
      <button type="button" slot="trigger" class="pick ${gone ? 'gone' : ''}" aria-label=${label} aria-description=${lookAlikesText(namesOf(chosen)) || nothing} aria-haspopup="dialog" aria-expanded=${this.open}>
        <span>${name}</span>${this.#mark(chosen)}${icon('chevron-down', 'xs')}
      </button>
      <div class="box">${this.#top()} ${this.#results()} ${this.#foot()}</div>
    </k-popover>`;
  }

  #top(): TemplateResult {
    const n = this.#items.length;
    return html`<div class="top">
      <label class="search">
        ${icon('search', 'xs')}
        <input
          type="search"
          autofocus
          autocomplete="off"
          role="combobox"
          aria-expanded="true"
          aria-controls="results"
          aria-activedescendant=${this.active === '' ? nothing : this.#optionId(this.active)}
          aria-label=${t('chat.models.search_label')}
          placeholder=${t('chat.models.search', { n })}
          .value=${this.text}
          @input=${this.#typed}
          @keydown=${this.#pressed}
        />
      </label>
      ${this.#needChips()}
    </div>`;
  }

  #needChips(): TemplateResult | typeof nothing {
    const useful = usefulNeeds(this.#items);
    if (useful.length === 0) return nothing;
    return html`<div class="needs" role="group" aria-label=${t('chat.models.filter')}>
      ${useful.map((need) => html`<button type="button" class="chip" aria-pressed=${this.needs.has(need)} @click=${() => { this.#toggle(need); }}>
        ${t(need === 'local' ? 'chat.models.local_chip' : `chat.models.${need}`)}
      </button>`)}
    </div>`;
  }

  #results(): TemplateResult {
    const groups = this.#groups;
    if (groups.length === 0) return html`<p class="none" role="status">${t(this.#emptyKey)}</p>`;
    return html`<div class="results" id="results" role="listbox" aria-label=${t('chat.models.results')}>
      ${groups.map((group, index) => this.#group(group, index === 0))}
    </div>`;
  }

  get #emptyKey(): string {
    const { items, error } = this.#models.value;
    if (error !== null && this.#items.length === 0) return 'chat.models.failed';
    return items === null ? 'chat.models.loading' : 'chat.models.none';
  }

  #group({ id, items }: ModelGroup, first: boolean): TemplateResult {
    return html`<div role="group" aria-label=${t(`chat.models.${id}`)}>
      <div class="group" aria-hidden="true">${t(`chat.models.${id}`)}${first ? html`<small>${t('chat.models.context')}</small>` : nothing}</div>
      ${items.map((model) => this.#option(model, id === 'used' || id === 'pinned'))}
    </div>`;
  }

  #option(model: Model, chip: boolean): TemplateResult {
    const { id, local, available, context_window: tokens } = model;
    const chosen = id === this.value;
    return html`<div
      id=${this.#optionId(id)}
      class="option ${id === this.active ? 'active' : ''}"
      role="option"
      aria-selected=${chosen}
      aria-disabled=${available ? nothing : 'true'}
      @click=${() => { this.#choose(model); }}
      @pointermove=${() => { if (available) this.active = id; }}
    >
      <span class="check">${chosen ? icon('check', 's') : nothing}</span>
      <span class="words">
        <span class="name"><b>${nameOf(model)}</b>${this.#mark(model)}${chip ? this.#chip(local) : nothing}</span>
        <small>${this.#detail(model)}</small>
      </span>
      ${tokens === null ? nothing : html`<span class="number">${contextLabel(tokens)}</span>`}
    </div>`;
  }

  /** Warns of a name that looks like another one. */
  #mark(model: Model | undefined): TemplateResult {
    return html`<k-look-alikes name=${namesOf(model)}></k-look-alikes>`;
  }

  /** Whose model it is, what the vendor calls one that has an alias, and why one cannot be used. */
  #detail(model: Model): TemplateResult {
    const { alias, id, provider, available } = model;
    const vendors = alias === null ? nothing : html` · <bdi dir="ltr">${vendorsId(id)}</bdi>`;
    return html`${provider.name}${vendors}${available ? nothing : `: ${reasonOf(model)}`}`;
  }

  #chip(local: boolean): TemplateResult {
    return html`<span class="chip ${local ? 'here' : ''}">${t(local ? 'chat.models.local_chip' : 'chat.models.cloud_chip')}</span>`;
  }

  #foot(): TemplateResult | typeof nothing {
    if (session.value?.user.admin !== true) return nothing;
    return html`<div class="foot"><k-button size="sm" variant="quiet" icon="plug" href=${PROVIDERS}>${t('chat.models.manage')}</k-button></div>`;
  }

  /** Ids of models hold characters that an element's id must not. */
  #optionId(id: string): string {
    return `model-${String(this.#items.findIndex((model) => model.id === id))}`;
  }

  readonly #opened = (): void => {
    this.open = true;
    this.text = '';
    this.needs = new Set();
    this.active = this.value;
    void loadModels();
  };

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const usable = this.#usable;
    const at = usable.findIndex(({ id }) => id === this.active);
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const step = steps[event.key];
    if (step !== undefined && usable.length > 0) {
      event.preventDefault();
      this.active = usable.at(step % usable.length)?.id ?? '';
      this.renderRoot.querySelector(`#${this.#optionId(this.active)}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const model = usable[at];
      if (model !== undefined) this.#choose(model);
    }
  };

  #toggle(need: Need): void {
    const needs = new Set(this.needs);
    if (!needs.delete(need)) needs.add(need);
    this.needs = needs;
  }

  #choose({ id, available }: Model): void {
    if (!available) return;
    this.picker.hide();
    this.trigger.focus();
    this.dispatchEvent(new CustomEvent('m-choose', { detail: id }));
  }
}

define('m-chat-models', ChatModels);
