import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { commands } from '../../core/commands.js';
import { t } from '../../core/i18n/index.js';
import { keyLabel } from '../../core/keys.js';
import { announce, toast } from '../../core/messages.js';
import { searchSources } from '../../core/search.js';
import { base } from '../../kit/base.styles.js';
import { icon } from '../../kit/icon/index.js';
import '../../kit/kbd/index.js';
import { paletteOpen } from '../commands.js';
import { registry } from '../modules/index.js';
import { commandGroups, resultGroup, type Entry, type Group } from './entries.js';
import { marked } from './match.js';
import { styles } from './palette.styles.js';
import { takeKeys } from './type-ahead.js';

const PAUSE = 120;

function passage(detail: Entry['detail']): unknown {
  return typeof detail === 'string' ? detail : detail.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text));
}

/** The palette (Ctrl or Cmd K): one list of what modules find and of all commands. `>` asks for commands only. */
export class ModulonPalette extends LitElement {
  static override styles = [base, styles];

  @state() private text = '';
  @state() private found: readonly Group[] = [];
  @state() private selected = 0;
  @state() private failed = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #search: AbortController | undefined;

  override firstUpdated(): void {
    this.dialog.showModal();
    const { text, enter } = takeKeys();
    this.text = text;
    const first = this.#entries[0];
    if (enter && first) void this.#run(first);
    else void this.#find();
    void this.#findMore();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#search?.abort();
  }

  get #groups(): Group[] {
    const commandsOnly = this.text.startsWith('>');
    const own = commandGroups(commands.value, this.text.replace(/^>/, '').trim());
    return [...(commandsOnly ? [] : this.found), ...own].filter((group) => group.entries.length > 0);
  }

  get #entries(): Entry[] {
    return this.#groups.flatMap((group) => group.entries);
  }

  override render(): TemplateResult {
    const groups = this.#groups;
    const entries = this.#entries;
    const active = entries[this.selected];
    return html`<dialog aria-label=${t('shell.palette.label')} @close=${this.#close} @click=${this.#outside}>
      <div class="query">
        ${icon('search')}
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="results"
          aria-activedescendant=${active ? `o${String(this.selected)}` : nothing}
          aria-label=${t('shell.palette.label')}
          placeholder=${t('shell.palette.label')}
          autocomplete="off"
          spellcheck="false"
          .value=${this.text}
          @input=${this.#typed}
          @keydown=${(event: KeyboardEvent): void => {
            this.#pressed(event, entries);
          }}
        />
        <k-kbd>Esc</k-kbd>
      </div>
      <div class="results" id="results" role="listbox" aria-label=${t('shell.palette.results')}>${this.#results(groups)}</div>
      ${entries.length === 0 ? html`<p class="none">${t('shell.palette.none', { query: this.text })}</p>` : nothing}
      ${this.#footer()}
    </dialog>`;
  }

  #results(groups: readonly Group[]): TemplateResult[] {
    let index = 0;
    return groups.map((group) => {
      const rows = group.entries.map((entry) => this.#row(entry, index++));
      const count = group.total > group.entries.length ? t('shell.palette.of', { n: group.entries.length, total: group.total }) : '';
      return html`<div role="group" aria-label=${group.name}>
        <div class="head" aria-hidden="true">${group.name}<span>${count}</span></div>
        ${rows}
      </div>`;
    });
  }

  #row(entry: Entry, index: number): TemplateResult {
    const title = marked(entry.title, entry.at).map(([part, hit]) => (hit ? html`<mark>${part}</mark>` : part));
    return html`<div
      class="option"
      role="option"
      id="o${index}"
      aria-selected=${String(index === this.selected)}
      @pointermove=${(): void => {
        this.selected = index;
      }}
      @click=${(): void => void this.#run(entry)}
    >
      ${icon(entry.icon, 's')}
      <span class="two"><b>${title}</b>${entry.detail.length > 0 ? html`<small dir="auto">${passage(entry.detail)}</small>` : nothing}</span>
      ${entry.note ? html`<span class="note">${entry.note}</span>` : nothing}
      ${entry.key ? html`<k-kbd>${keyLabel(entry.key)}</k-kbd>` : nothing}
    </div>`;
  }

  #footer(): TemplateResult {
    return html`<footer>
      ${this.failed ? html`<span role="status">${t('shell.palette.failed')}</span>` : nothing}
      <span><k-kbd>↑</k-kbd><k-kbd>↓</k-kbd>${t('shell.palette.choose')}</span>
      <span><k-kbd>↵</k-kbd>${t('shell.palette.open')}</span>
      <span class="end"><k-kbd>&gt;</k-kbd>${t('shell.palette.commands_only')}</span>
    </footer>`;
  }

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.selected = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#find(), PAUSE);
  };

  #pressed(event: KeyboardEvent, entries: readonly Entry[]): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    const entry = entries[this.selected];
    if (event.key === 'Enter' && entry && !event.isComposing) {
      event.preventDefault();
      void this.#run(entry);
    } else if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      const single = Math.abs(step) === 1;
      const next = this.selected + step;
      this.selected = single ? (next + entries.length) % entries.length : Math.max(0, Math.min(entries.length - 1, next));
      void this.updateComplete.then(() => {
        this.renderRoot.querySelector(`#o${String(this.selected)}`)?.scrollIntoView({ block: 'nearest' });
      });
    }
  }

  /** A page need not have loaded every module; all of them are searched. */
  async #findMore(): Promise<void> {
    const known = searchSources.value;
    await registry.all();
    if (searchSources.value !== known && this.isConnected) await this.#find();
  }

  async #find(): Promise<void> {
    this.#search?.abort();
    const { signal } = (this.#search = new AbortController());
    const text = this.text.trim();
    if (text.startsWith('>')) return;
    const asked = await Promise.allSettled(
      searchSources.value.map(async (source) => ({ source, ...(await source.search(text, signal)) })),
    );
    if (signal.aborted) return;
    this.failed = asked.some((one) => one.status === 'rejected');
    this.found = asked.flatMap((one) => {
      if (one.status === 'rejected') return [];
      const { source, results, total = results.length } = one.value;
      return [resultGroup(source.group, results, total, text)];
    });
    const shown = this.#groups.reduce((sum, group) => sum + group.entries.length, 0);
    announce(t('shell.palette.count', { n: shown }));
  }

  async #run(entry: Entry): Promise<void> {
    this.dialog.close();
    try {
      await entry.run();
    } catch {
      toast(t('shell.errors.unexpected'), { tone: 'bad' });
    }
  }

  readonly #close = (): void => {
    paletteOpen.set(false);
  };

  readonly #outside = (event: Event): void => {
    if (event.target === this.dialog) this.dialog.close();
  };
}

customElements.define('modulon-palette', ModulonPalette);
