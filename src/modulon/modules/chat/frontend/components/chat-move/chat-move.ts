import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { Watch, define, errorText, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';

import { moveTo, moving } from '../../actions.js';
import { createFolder } from '../../api.js';
import { conversations } from '../../state/conversations.js';
import { folders, loadFolders, setFolderOpen } from '../../state/folders.js';

/** `m-chat-move`: chooses the folder for what `moving` names, or makes one. What dragging does, without dragging. */
export class ChatMove extends LitElement {
  static override styles = [
    base,
    css`
      ul {
        list-style: none;
        padding: 0;
        display: grid;
        gap: 1px;
        margin-inline: -0.5rem;
      }
      li button {
        display: flex;
        align-items: center;
        gap: 0.625rem;
        inline-size: 100%;
        min-block-size: 2.5rem;
        padding-inline: 0.625rem;
        border-radius: var(--r-md);
        text-align: start;
      }
      li button:hover {
        background: var(--hover);
      }
      li svg:last-child:not(:first-child) {
        margin-inline-start: auto;
        color: var(--accent-text);
      }
      form k-button {
        margin-block-start: 0.125rem;
      }
      li span {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      svg {
        flex: none;
        color: var(--text-3);
      }
      form {
        display: flex;
        align-items: start;
        gap: var(--s2);
        margin-block-start: var(--s4);
      }
      k-field {
        flex: 1;
      }
    `,
  ];

  @state() private error = '';
  @query('k-field') private readonly field!: KField;

  readonly #moving = new Watch(this, moving);
  readonly #folders = new Watch(this, folders);

  protected override render(): TemplateResult {
    const ids = this.#moving.value;
    const current = ids.length === 1 ? conversations.find(ids[0] ?? '')?.folder_id : undefined;
    return html`<k-dialog heading=${t('chat.move.title', { n: ids.length })} ?open=${ids.length > 0} @k-close=${this.#close}>
      ${this.#folders.value.length > 0 || typeof current === 'string' ? this.#list(current ?? null) : nothing}
      <form @submit=${this.#create}>
        <k-field label=${t('chat.move.new')} label-hidden placeholder=${t('chat.move.new')} maxlength="80" .error=${this.error}></k-field>
        <k-button type="submit" variant="line" icon="folder-plus">${t('chat.move.create')}</k-button>
      </form>
    </k-dialog>`;
  }

  #list(current: string | null): TemplateResult {
    const out = (): Promise<void> => this.#move(null, '');
    return html`<ul>
      ${current === null ? nothing : html`<li><button type="button" @click=${out}>${icon('folder-x', 's')}<span>${t('chat.move.none')}</span></button></li>`}
      ${this.#folders.value.map(({ id, name }) => html`<li>
        <button type="button" aria-current=${id === current ? 'true' : nothing} @click=${() => this.#move(id, name)}>
          ${icon('folder', 's')}<span dir="auto">${name}</span>${id === current ? icon('check', 's') : nothing}
        </button>
      </li>`)}
    </ul>`;
  }

  async #move(folder: string | null, name: string): Promise<void> {
    const ids = this.#moving.value;
    this.#close();
    if (folder !== null) setFolderOpen(folder, true);
    await moveTo(ids, folder, name);
  }

  readonly #create = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      const folder = await createFolder(this.field.value);
      await loadFolders();
      await this.#move(folder.id, folder.name);
    } catch (error) {
      this.error = errorText(error, 'chat');
    }
  };

  readonly #close = (): void => {
    this.error = '';
    moving.set([]);
  };
}

define('m-chat-move', ChatMove);
