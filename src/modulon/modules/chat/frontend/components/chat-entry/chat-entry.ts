import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { define, t } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/icon-button';
import '@modulon/kit/menu';
import type { MenuEntry } from '@modulon/kit/menu';
import { base } from '@modulon/kit/styles';

import { renameConversation } from '../../actions.js';
import type { Conversation } from '../../api.js';
import { conversationPath } from '../../paths.js';
import { selection } from '../../state/selection.js';
import { carry } from '../dragging.js';
import { conversationMenu } from '../entry-menu.js';
import { styles } from './chat-entry.styles.js';

/** `m-chat-entry`: a conversation in the sidebar; can be renamed in place, dragged to a folder, and chosen with others. */
export class ChatEntry extends LitElement {
  static override styles = [base, styles];

  @property({ attribute: false }) conversation!: Conversation;
  @property({ type: Boolean }) current = false;
  @property({ type: Boolean, reflect: true }) chosen = false;
  @state() private renaming = false;
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('a') private readonly link!: HTMLElement | null;

  override focus(): void {
    this.link?.focus();
  }

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
    const { id, active_run_id: run, pinned } = this.conversation;
    return html`<a
        href=${conversationPath(id)}
        aria-current=${this.current ? 'page' : nothing}
        aria-description=${this.chosen ? t('chat.bulk.is_chosen') : nothing}
        draggable="true"
        @dragstart=${(event: DragEvent) => { carry(event, id); }}
      >
        ${this.chosen ? html`<span class="mark">${icon('check', 'xs')}</span>` : pinned ? html`<span class="pin">${icon('pin', 'xs')}</span>` : nothing}
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

  get #items(): MenuEntry[] {
    const { id } = this.conversation;
    const chosen = selection.has(id);
    const choose = { id: 'choose', label: t(chosen ? 'chat.list.unchoose' : 'chat.list.choose'), icon: 'square-check', run: () => { selection.toggle(id); } };
    return [...conversationMenu(this.conversation, () => { this.renaming = true; }), '-', choose];
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
