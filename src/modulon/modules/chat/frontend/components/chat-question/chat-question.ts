import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { define, errorText, t } from '@modulon/sdk';
import '@modulon/kit/button';
import { base } from '@modulon/kit/styles';

import { textOf } from '../../state/content.js';
import type { Row, Unsent } from '../../state/rows.js';
import { act } from '../acts.js';
import '../chat-actions/chat-actions.js';
import { styles } from './chat-question.styles.js';

/** `m-chat-question`: what a person wrote, in a bubble; can be edited, which begins a branch. */
export class ChatQuestion extends LitElement {
  static override styles = [base, styles];

  @property({ attribute: false }) row!: Row;
  @property({ type: Boolean }) locked = false;
  @state() private editing = false;
  @query('textarea') private readonly area!: HTMLTextAreaElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('row') && changed.get('row')?.message.id !== this.row.message.id) this.editing = false;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('editing') || !this.editing || this.area === null) return;
    this.area.focus();
    this.area.setSelectionRange(this.area.value.length, this.area.value.length);
  }

  protected override render(): TemplateResult {
    if (this.editing) return this.#form();
    const { unsent, message } = this.row;
    return html`<h2 class="sr">${t('chat.thread.you')}</h2>
      <div class="bubble ${unsent === undefined ? '' : 'waiting'}" dir="auto">${textOf(message)}</div>
      ${unsent === undefined ? this.#actions() : this.#unsent(unsent)}`;
  }

  #actions(): TemplateResult {
    const kept = this.row.message.siblings.length > 1 ? 'kept' : '';
    return html`<m-chat-actions class=${kept} .row=${this.row} ?locked=${this.locked} @m-edit=${this.#edit}></m-chat-actions>`;
  }

  #unsent(unsent: Unsent): TemplateResult | typeof nothing {
    if (unsent.state === 'sending') return nothing;
    if (unsent.state === 'waiting') return html`<div class="state" role="status">${t('chat.notice.waiting')}</div>`;
    return html`<div class="state bad" role="alert">
      <span>${t('chat.notice.unsent')} ${errorText(unsent.error, 'chat')}</span>
      <k-button size="sm" variant="line" icon="refresh-cw" @click=${() => { act(this, { act: 'send-again', unsent }); }}>${t('chat.notice.retry')}</k-button>
      <k-button size="sm" variant="quiet" @click=${() => { act(this, { act: 'withdraw', unsent }); }}>${t('chat.notice.withdraw')}</k-button>
    </div>`;
  }

  #form(): TemplateResult {
    return html`<form @submit=${this.#send}>
      <textarea dir="auto" rows="2" aria-label=${t('chat.message.edit_label')} .value=${textOf(this.row.message)} @keydown=${this.#pressed}></textarea>
      <div class="buttons">
        <p>${t('chat.message.edit_note')}</p>
        <k-button size="sm" variant="quiet" @click=${this.#cancel}>${t('chat.message.cancel')}</k-button>
        <k-button size="sm" variant="primary" @click=${this.#send}>${t('chat.message.send')}</k-button>
      </div>
    </form>`;
  }

  readonly #edit = (): void => {
    this.editing = true;
  };

  readonly #cancel = (): void => {
    this.editing = false;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.#cancel();
    } else if (event.key === 'Enter' && !event.shiftKey) this.#send(event);
  };

  readonly #send = (event: Event): void => {
    event.preventDefault();
    const text = this.area?.value.trim() ?? '';
    this.editing = false;
    if (text !== '') act(this, { act: 'edit', message: this.row.message, text });
  };
}

define('m-chat-question', ChatQuestion);
