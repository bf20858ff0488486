import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { announce, confirm, define, errorText, t, toast } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/icon-button';
import '@modulon/kit/look-alikes';
import '@modulon/kit/menu';
import { base } from '@modulon/kit/styles';

import { moveTo } from '../../actions.js';
import { deleteFolder, renameFolder, type Folder } from '../../api.js';
import { conversations } from '../../state/conversations.js';
import { setFolderOpen } from '../../state/folders.js';
import { carried, carries } from '../dragging.js';
import { styles } from './chat-folder.styles.js';

/** `m-chat-folder`: the heading of a folder: opens and closes it, takes what is dropped on it, can be renamed. */
export class ChatFolder extends LitElement {
  static override styles = [base, styles];

  @property({ attribute: false }) folder!: Folder;
  @property({ type: Boolean }) open = false;
  @state() private renaming = false;
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('.head') private readonly head!: HTMLElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('dragover', this.#over);
    this.addEventListener('dragleave', this.#left);
    this.addEventListener('drop', this.#dropped);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('renaming')) return;
    if (this.renaming) this.input?.select();
    else if (changed.get('renaming') === true) this.head?.focus();
  }

  protected override render(): TemplateResult {
    const { name } = this.folder;
    if (this.renaming) {
      return html`<form @submit=${this.#save}>
        <input dir="auto" maxlength="80" aria-label=${t('chat.folder.name')} .value=${name} @blur=${this.#save} @keydown=${this.#pressed} />
      </form>`;
    }
    const label = t('chat.folder.actions', { name });
    return html`<button type="button" class="head" aria-expanded=${String(this.open)} @click=${this.#toggle}>
        ${icon(this.open ? 'folder-open' : 'folder', 'xs')}<span dir="auto">${name}</span><k-look-alikes name=${name}></k-look-alikes>
      </button>
      <k-menu placement="bottom-end" label=${label} .items=${this.#items}>
        <k-icon-button slot="trigger" size="sm" icon="ellipsis" label=${label}></k-icon-button>
      </k-menu>`;
  }

  get #items(): unknown[] {
    return [
      { id: 'rename', label: t('chat.list.rename'), icon: 'pencil', run: () => { this.renaming = true; } },
      '-',
      { id: 'delete', label: t('chat.folder.delete'), icon: 'trash-2', danger: true, run: () => this.#delete() },
    ];
  }

  readonly #toggle = (): void => {
    setFolderOpen(this.folder.id, !this.open);
    if (!this.open) void conversations.loadFolder(this.folder.id);
  };

  async #delete(): Promise<void> {
    const { id, name } = this.folder;
    const asked = { title: t('chat.folder.delete_title', { name }), text: t('chat.folder.delete_text'), confirm: t('chat.folder.delete') };
    if (!(await confirm(asked))) return;
    await this.#try(() => deleteFolder(id));
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      toast(errorText(error, 'chat'), { tone: 'bad' });
    }
    await conversations.refresh();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.renaming = false;
  };

  readonly #save = (event: Event): void => {
    event.preventDefault();
    if (!this.renaming) return;
    const name = this.input?.value.trim() ?? '';
    this.renaming = false;
    if (name !== '' && name !== this.folder.name) void this.#try(() => renameFolder(this.folder.id, name));
  };

  readonly #over = (event: DragEvent): void => {
    if (!carries(event)) return;
    event.preventDefault();
    this.toggleAttribute('over', true);
  };

  readonly #left = (): void => {
    this.toggleAttribute('over', false);
  };

  readonly #dropped = (event: DragEvent): void => {
    this.#left();
    const ids = carried(event);
    if (ids.length === 0) return;
    event.preventDefault();
    announce(t('chat.move.done', { n: ids.length, name: this.folder.name }));
    setFolderOpen(this.folder.id, true);
    void moveTo(ids, this.folder.id, this.folder.name);
  };
}

define('m-chat-folder', ChatFolder);
