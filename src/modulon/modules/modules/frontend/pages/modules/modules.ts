import { announce, define, Media, t, Watch } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import '@modulon/kit/skeleton';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import type { ModuleRead } from '../../api.js';
import '../../components/detail/detail.js';
import { FILTERS, grouped, matches, needsCare, passes, type Filter, type Group } from '../../rules.js';
import { ModuleList } from '../../state.js';
import { styles } from './modules.styles.js';
import { moduleRow, troubleRow, type RowActs } from './rows.js';

/** Settings, modules: what runs, why something does not, and the switches. For administrators. */
export class ModulesPage extends LitElement {
  static override styles = [base, page, settingsPage, styles];

  @state() private opened: ReadonlySet<string> = new Set();
  @state() private query = '';
  @state() private filter: Filter = 'all';

  readonly #middling = new Media(this, '(max-width: 60rem)');
  readonly #narrow = new Media(this, '(max-width: 47.5rem)');
  readonly #list = new ModuleList();
  readonly #state = new Watch(this, this.#list.state);
  #stop: (() => void) | undefined;

  readonly #acts: RowActs = {
    open: ({ id }) => {
      const { opened } = this;
      this.opened = opened.has(id) ? new Set([...opened].filter((other) => other !== id)) : new Set([...opened, id]);
    },
    enable: (module) => this.#list.enable(module),
    disable: (module) => this.#list.disable(module),
    loadAgain: (module) => this.#list.loadAgain(module),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.#list.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override render(): TemplateResult {
    return html`<k-header lined heading=${t('modules.title')} crumb=${t('shell.settings')} crumb-href="/settings" sub=${this.#sub()}></k-header>
      <div class="page">${this.#tools()} ${this.#content()}</div>`;
  }

  #sub(): string {
    const { items } = this.#state.value;
    return items ? t('modules.sub', { n: items.length, running: items.filter((one) => one.state === 'running').length }) : '';
  }

  #tools(): TemplateResult {
    const items = this.#state.value.items ?? [];
    return html`<div class="tools">
      <k-field
        compact
        label-hidden
        icon="search"
        type="search"
        label=${t('modules.find')}
        placeholder=${t('modules.find_in')}
        @input=${(event: Event): void => {
          this.query = (event.currentTarget as KField).value;
          this.#tell();
        }}
      ></k-field>
      <div class="chips" role="group" aria-label=${t('modules.filter.label')}>
        ${FILTERS.map(
          (filter) => html`<k-chip
            selectable
            .selected=${this.filter === filter}
            @change=${(event: Event): void => {
              // One of them is always pressed.
              (event.currentTarget as HTMLElement & { selected: boolean }).selected = true;
              this.filter = filter;
              this.#tell();
            }}
            >${t(`modules.filter.${filter}`, { n: items.filter((one) => passes(one, filter)).length })}</k-chip
          >`,
        )}
      </div>
    </div>`;
  }

  /** Says how many are left, for those who do not see the list shrink. */
  #tell(): void {
    announce(t('modules.found', { n: this.#found().length }));
  }

  #found(): ModuleRead[] {
    return (this.#state.value.items ?? []).filter((one) => passes(one, this.filter) && matches(one, this.query));
  }

  #content(): TemplateResult {
    const { items, problem } = this.#state.value;
    const failed = problem
      ? html`<k-banner tone="bad" role="alert" heading=${t('modules.load_failed')}>
          ${problem}<k-button slot="action" size="sm" variant="line" @click=${this.#list.load}>${t('modules.retry')}</k-button>
        </k-banner>`
      : nothing;
    if (!items) return html`${problem ? failed : html`<div class="box"><k-skeleton rows lines="6"></k-skeleton></div>`}`;
    const found = this.#found();
    return html`${failed}${found.length > 0 ? this.#table(found) : this.#empty()}`;
  }

  #empty(): TemplateResult {
    const heading = this.query.trim() ? t('modules.no_match', { query: this.query.trim() }) : t(`modules.none.${this.filter}`);
    return html`<div class="box">
      <k-empty-state icon=${this.query.trim() ? 'search' : 'circle-check'} heading=${heading}>
        <k-button variant="line" @click=${this.#everything}>${t('modules.show_all')}</k-button>
      </k-empty-state>
    </div>`;
  }

  #table(found: readonly ModuleRead[]): TemplateResult {
    const head = (key: string, className: string): TemplateResult => html`<th scope="col" class=${className}>${t(`modules.head.${key}`)}</th>`;
    return html`<div class="box list">
      <table>
        <thead>
          <tr>
            ${head('module', '')}${head('state', 'state')}${head('load', 'num extra')}${head('processes', 'extra')}${head('permissions', 'wide')}
            <th class="act"><span class="sr">${t('modules.head.actions')}</span></th>
          </tr>
        </thead>
        ${grouped(found).map(({ group, items }) => this.#group(group, items))}
      </table>
    </div>`;
  }

  #group(group: Group, items: readonly ModuleRead[]): TemplateResult {
    const running = items.filter((one) => one.state === 'running').length;
    return html`<tbody>
      <tr class="group">
        <th scope="rowgroup" colspan=${this.#columns}>
          <b>${t(`modules.group.${group}`)}</b> · ${t(`modules.group.${group}_about`)}${t('modules.group.count', { n: items.length, running })}
        </th>
      </tr>
      ${repeat(
        items,
        (module) => module.id,
        (module) => this.#rows(module),
      )}
    </tbody>`;
  }

  #rows(module: ModuleRead): TemplateResult {
    const { items = [], busy: all, refused } = this.#state.value;
    const [open, busy, refusal] = [this.opened.has(module.id), all.has(module.id), refused.get(module.id)];
    const trouble = needsCare(module) || refusal !== undefined;
    return html`${moduleRow(module, { open, busy }, this.#acts)}
    ${trouble ? troubleRow(module, { busy, columns: this.#columns, modules: items, refusal }, this.#acts) : nothing}
    ${open
      ? html`<tr class="detail">
          <td colspan=${this.#columns}><m-modules-detail .module=${module} .modules=${items}></m-modules-detail></td>
        </tr>`
      : nothing}`;
  }

  /** How many columns are shown: a cell over all of them must not make more. */
  get #columns(): number {
    if (this.#narrow.matches) return 3;
    return this.#middling.matches ? 4 : 6;
  }

  readonly #everything = (): void => {
    this.query = '';
    this.filter = 'all';
    const field = this.renderRoot.querySelector<KField>('.tools k-field');
    if (field) field.value = '';
    field?.focus();
  };
}

define('m-modules-page', ModulesPage);
