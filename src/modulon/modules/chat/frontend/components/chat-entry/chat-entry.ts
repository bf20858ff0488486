import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { define, t } from '@modulon/sdk';
import '@modulon/kit/icon-button';
import '@modulon/kit/menu';
import { base } from '@modulon/kit/styles';

import { askToDelete, renameConversation } from '../../actions.js';
import type { Conversation } from '../../api.js';
import { conversationPath } from '../../paths.js';
import { styles } from './chat-entry.styles.js';

/** `m-chat-entry`: a conversation in the sidebar; can be renamed in place. */
export class ChatEntry extends LitElement {
  static override styles = [base, styles];

  @property({ attribute: false }) conversation!: Conversation;
  @property({ type: Boolean }) current = false;
  @state() private renaming = false;
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('a') private readonly link!: HTMLElement | null;

  protected override render(): TemplateResult {
    return this.renaming ? this.#form() : this.#link();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('renaming')) return;
    if (this.renaming) this.input?.select();
    else if (changed.get('renaming') === true) this.link?.focus();
  }

  get #title(): string {
    return this.conversation.title || t('chat.header.untitled');
  }

  #link(): TemplateResult {
    const { id, active_run_id: run } = this.conversation;
    return html`<a href=${conversationPath(id)} aria-current=${this.current ? 'page' : nothing}>
        <span class="title" dir="auto" title=${this.#title}>${this.#title}</span>
        ${run === null ? nothing : html`<span class="dot" role="img" aria-label=${t('chat.list.writing')} title=${t('chat.list.writing')}></span>`}
      </a>
      <k-menu placement="bottom-end" label=${t('chat.list.actions', { title: this.#title })} .items=${this.#items}>
        <k-icon-button slot="trigger" size="sm" icon="ellipsis" label=${t('chat.list.actions', { title: this.#title })}></k-icon-button>
      </k-menu>`;
  }

  #form(): TemplateResult {
    return html`<form @submit=${this.#save}>
      <input
        dir="auto"
        maxlength="200"
        aria-label=${t('chat.list.name')}
        .value=${this.conversation.title}
        @blur=${this.#save}
        @keydown=${this.#pressed}
      />
    </form>`;
  }

  get #items(): unknown[] {
    const rename = (): void => { this.renaming = true; };
    const remove = (): Promise<void> => askToDelete(this.conversation);
    return [
      { id: 'rename', label: t('chat.list.rename'), icon: 'pencil', run: rename },
      { id: 'delete', label: t('chat.list.delete'), icon: 'trash-2', danger: true, run: remove },
    ];
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.renaming = false;
  };

  readonly #save = (event: Event): void => {
    event.preventDefault();
    if (!this.renaming) return;
    const title = this.input?.value.trim() ?? '';
    this.renaming = false;
    if (title !== '' && title !== this.conversation.title) void renameConversation(this.conversation.id, title);
  };
}

define('m-chat-entry', ChatEntry);
