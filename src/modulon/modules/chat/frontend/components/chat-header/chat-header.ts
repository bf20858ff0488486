import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { define, keyLabel, t } from '@modulon/sdk';
import '@modulon/kit/header';
import '@modulon/kit/icon-button';
import '@modulon/kit/menu';
import { base } from '@modulon/kit/styles';

import { newChat, renameConversation } from '../../actions.js';
import type { Conversation } from '../../api.js';
import { conversationMenu } from '../entry-menu.js';
import { styles } from './chat-header.styles.js';

/** `m-chat-header`: the conversation's title, which can be changed in place, and what can be done with it. */
export class ChatHeader extends LitElement {
  static override styles = [base, styles];

  /** null for one that has not begun. */
  @property({ attribute: false }) conversation: Conversation | null = null;
  @state() private renaming = false;
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('.name') private readonly name_!: HTMLElement | null;

  /** Lets the person change the title. */
  rename(): void {
    this.renaming = this.conversation !== null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversation') && changed.get('conversation')?.id !== this.conversation?.id) this.renaming = false;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('renaming')) return;
    if (this.renaming) this.input?.select();
    else if (changed.get('renaming') === true) this.name_?.focus();
  }

  protected override render(): TemplateResult {
    return html`<k-header>
      <div class="title" slot="title">${this.#title()}</div>
      <modulon-slot name="chat.header" slot="actions" .data=${{ conversation: this.conversation }}></modulon-slot>
      ${this.conversation === null ? nothing : this.#menu(this.conversation)}
    </k-header>`;
  }

  #title(): TemplateResult {
    if (this.conversation === null) return html`<h1 class="name">${t('chat.header.untitled')}</h1>`;
    const title = this.conversation.title || t('chat.header.untitled');
    if (this.renaming) return this.#form(title);
    return html`<h1>
      <button type="button" class="name" dir="auto" title=${t('chat.header.rename', { title })} @click=${() => { this.rename(); }}>${title}</button>
    </h1>`;
  }

  #form(title: string): TemplateResult {
    return html`<form @submit=${this.#save}>
      <input dir="auto" maxlength="200" aria-label=${t('chat.list.name')} .value=${title} @blur=${this.#save} @keydown=${this.#pressed} />
    </form>`;
  }

  #menu(conversation: Conversation): TemplateResult {
    const fresh = { id: 'new', label: t('chat.new'), icon: 'square-pen', note: keyLabel('Mod+Shift+O'), run: newChat };
    const items = [fresh, '-', ...conversationMenu(conversation, () => { this.rename(); })];
    return html`<k-menu slot="actions" placement="bottom-end" label=${t('chat.header.more')} .items=${items}>
      <k-icon-button slot="trigger" icon="ellipsis" label=${t('chat.header.more')}></k-icon-button>
    </k-menu>`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.renaming = false;
  };

  readonly #save = (event: Event): void => {
    event.preventDefault();
    if (!this.renaming || this.conversation === null) return;
    const title = this.input?.value.trim() ?? '';
    this.renaming = false;
    if (title === '' || title === this.conversation.title) return;
    this.conversation = { ...this.conversation, title };
    void renameConversation(this.conversation.id, title);
  };
}

define('m-chat-header', ChatHeader);
