import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { Watch, announce, define, errorText, formatRelative, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/checkbox';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/icon-button';
import '@modulon/kit/menu';
import type { MenuEntry } from '@modulon/kit/menu';
import '@modulon/kit/segmented';
import type { KSegmented } from '@modulon/kit/segmented';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';

import { changed, newChat } from '../../actions.js';
import type { Piece } from '../../api.js';
import '../../components/chat-move/chat-move.js';
import '../../components/chat-progress/chat-progress.js';
import '../../components/chat-selection/chat-selection.js';
import { messagePath } from '../../paths.js';
import { folders, loadFolders } from '../../state/folders.js';
import { Library, type LibraryShelf, type Line } from '../../state/library.js';
import { readFile, saveAll } from '../../state/portable.js';
import { selection } from '../../state/selection.js';
import { styles } from './library.styles.js';

const SHELVES: readonly LibraryShelf[] = ['all', 'archived', 'deleted'];
/** After the last letter typed. */
const PAUSE_MS = 150;

function pieces(all: readonly Piece[]): unknown {
  return all.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text));
}

/** `m-chat-library`: all conversations: full-text search, the archive, what was deleted lately, many at once. */
export class ChatLibrary extends LitElement {
  static override styles = [base, styles];

  @state() private text = '';
  @state() private shelf: LibraryShelf = 'all';
  @state() private folder = '';
  @query('k-field') private readonly field!: KField;
  @query('input[type=file]') private readonly file!: HTMLInputElement;

  readonly #library = new Library();
  readonly #shown = new Watch(this, this.#library.state);
  readonly #folders = new Watch(this, folders);
  readonly #chosen = new Watch(this, selection.state);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unchanged: (() => void) | undefined;
  readonly #nearEnd = new IntersectionObserver(
    (entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#library.more(); },
    { rootMargin: '400px' },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    selection.clear();
    void loadFolders().catch(() => undefined);
    void this.#load();
    this.#unchanged = changed.subscribe(() => void this.#library.refresh());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#nearEnd.disconnect();
    this.#unchanged?.();
    selection.clear();
  }

  protected override firstUpdated(): void {
    if (matchMedia('(pointer: fine)').matches) this.field.focus();
  }

  protected override updated(changedProperties: PropertyValues): void {
    if (changedProperties.has('shelf')) selection.clear();
    this.#nearEnd.disconnect();
    const end = this.renderRoot.querySelector('.end');
    if (end !== null && this.#shown.value.next !== null) this.#nearEnd.observe(end);
  }

  protected override render(): TemplateResult {
    return html`<k-header heading=${t('chat.library.title')}>
        <k-menu slot="actions" placement="bottom-end" label=${t('chat.header.more')} .items=${this.#items}>
          <k-icon-button slot="trigger" icon="ellipsis" label=${t('chat.header.more')}></k-icon-button>
        </k-menu>
      </k-header>
      <input type="file" accept="application/json,.json" hidden @change=${this.#picked} />
      <div class="scroll">
        <div class="column">${this.#filters()}${this.#results()}</div>
      </div>
      <m-chat-move></m-chat-move>
      <m-chat-progress></m-chat-progress>`;
  }

  get #items(): MenuEntry[] {
    return [
      { id: 'import', label: t('chat.portable.import_file'), icon: 'upload', run: () => { this.file.click(); } },
      { id: 'export', label: t('chat.portable.export_all'), icon: 'download', run: () => saveAll() },
    ];
  }

  readonly #picked = (): void => {
    const file = this.file.files?.[0];
    this.file.value = '';
    if (file !== undefined) void readFile(file);
  };

  #filters(): TemplateResult {
    const segments = SHELVES.map((value) => ({ value, label: t(`chat.library.${value}`) }));
    const options = [
      { value: '', label: t('chat.library.any_folder') },
      ...this.#folders.value.map(({ id, name }) => ({ value: id, label: name })),
    ];
    return html`<div class="filters" role="search">
      <k-field type="search" icon="search" label=${t('chat.library.search')} label-hidden placeholder=${t('chat.library.search')}
        maxlength="200" .value=${this.text} ?disabled=${this.shelf === 'deleted'} @input=${this.#typed}></k-field>
      <k-segmented label=${t('chat.library.shelf')} .segments=${segments} value=${this.shelf} @change=${this.#shelved}></k-segmented>
      ${this.shelf !== 'all' || this.#folders.value.length === 0
        ? nothing
        : html`<k-select compact label=${t('chat.library.folder')} label-hidden .options=${options} .value=${this.folder} @change=${this.#filed}></k-select>`}
    </div>`;
  }

  #results(): TemplateResult {
    const { lines, loaded, error } = this.#shown.value;
    if (error !== null) return this.#failed(error);
    if (!loaded) return html`<k-skeleton lines="6"></k-skeleton>`;
    if (lines.length === 0) return this.#empty();
    return html`${this.shelf === 'deleted' ? html`<p class="note">${t('chat.library.deleted_note')}</p>` : nothing}
      <ul aria-label=${t('chat.library.title')}>${repeat(lines, ({ id }) => id, (line) => this.#line(line))}</ul>
      <div class="end"></div>
      <m-chat-selection shelf=${this.shelf}></m-chat-selection>`;
  }

  #line(line: Line): TemplateResult {
    const { id, pinned, messageId, at } = line;
    const title = line.title.some(({ text }) => text !== '') ? pieces(line.title) : t('chat.header.untitled');
    const name = line.title.map(({ text }) => text).join('');
    const words = html`<b dir="auto">${pinned ? icon('pin', 'xs') : nothing}${title}</b>
      ${line.passage.length === 0 ? nothing : html`<small dir="auto">${pieces(line.passage)}</small>`}`;
    const folder = this.#folders.value.find((one) => one.id === line.folderId)?.name;
    return html`<li ?data-chosen=${this.#chosen.value.has(id)}>
      <k-checkbox label=${t('chat.library.choose', { title: name })} label-hidden .checked=${this.#chosen.value.has(id)}
        @click=${(event: MouseEvent) => { this.#choose(event, id); }} @change=${() => { this.#toggled(id); }}></k-checkbox>
      ${this.shelf === 'deleted' ? html`<span class="words">${words}</span>` : html`<a class="words" href=${messagePath(id, messageId)}>${words}</a>`}
      <span class="when">${folder === undefined ? nothing : html`<span class="in">${icon('folder', 'xs')}${folder}</span>`}${formatRelative(at)}</span>
    </li>`;
  }

  #empty(): TemplateResult {
    const searching = this.text.trim() !== '' && this.shelf !== 'deleted';
    const kind = searching ? 'nothing' : `no_${this.shelf}`;
    return html`<k-empty-state icon=${searching ? 'search-x' : 'message-square'} heading=${t(`chat.library.${kind}`)} text=${t(`chat.library.${kind}_text`)}>
      ${kind === 'no_all' ? html`<k-button variant="line" icon="square-pen" @click=${newChat}>${t('chat.new')}</k-button>` : nothing}
    </k-empty-state>`;
  }

  #failed(error: unknown): TemplateResult {
    return html`<k-empty-state icon="unplug" heading=${t('chat.library.failed')} text=${errorText(error, 'chat')}>
      <k-button variant="line" icon="refresh-cw" @click=${() => this.#library.refresh()}>${t('chat.list.retry')}</k-button>
    </k-empty-state>`;
  }

  async #load(): Promise<void> {
    await this.#library.show({ text: this.text, shelf: this.shelf, folder: this.shelf === 'all' ? this.folder : '' });
    if (this.text.trim() !== '') announce(t('chat.library.found', { n: this.#shown.value.lines.length }));
  }

  readonly #typed = (): void => {
    this.text = this.field.value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), PAUSE_MS);
  };

  readonly #shelved = (event: Event): void => {
    this.shelf = (event.currentTarget as KSegmented).value as LibraryShelf;
    void this.#load();
  };

  readonly #filed = (event: Event): void => {
    this.folder = (event.currentTarget as KSelect).value;
    void this.#load();
  };

  #ranged = false;

  /** With Shift, everything from the last one to this one. */
  #choose(event: MouseEvent, id: string): void {
    this.#ranged = event.shiftKey;
    if (event.shiftKey) selection.extend(id, this.#shown.value.lines.map((line) => line.id));
  }

  #toggled(id: string): void {
    if (!this.#ranged) selection.toggle(id);
    this.#ranged = false;
  }
}

define('m-chat-library', ChatLibrary);
