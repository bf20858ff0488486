import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { Watch, define, t } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/markdown';
import { base } from '@modulon/kit/styles';

import { blocksOf, type Block } from '../../state/content.js';
import { findModel, modelName, models } from '../../state/models.js';
import type { Row } from '../../state/rows.js';
import '../chat-actions/chat-actions.js';
import '../chat-notice/chat-notice.js';
import '../chat-steps/chat-steps.js';

/** `m-chat-answer`: what a model wrote, on the page itself, with its steps, its end and what can be done with it. */
export class ChatAnswer extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
      }
      :host([found]) {
        border-radius: var(--r-md);
        background: var(--accent-soft);
        box-shadow: 0 0 0 0.625rem var(--accent-soft);
      }
      .who {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-inline-size: 0;
        font-weight: 600;
        font-size: var(--t-sm);
      }
      h2 {
        font: inherit;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .glyph {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 1.5rem;
        block-size: 1.5rem;
        border-radius: 7px;
        background: var(--accent);
        color: var(--on-accent);
      }
      .who small {
        font-weight: 400;
        color: var(--text-3);
        font-size: var(--t-xs);
        white-space: nowrap;
      }
      .writing {
        display: flex;
        align-items: center;
        gap: var(--s2);
        min-block-size: 1.65rem;
        color: var(--text-3);
        font-size: var(--t-sm);
        animation: appear 1ms 200ms both;
      }
      .writing::before {
        content: '';
        inline-size: 0.5rem;
        block-size: 0.5rem;
        border-radius: 50%;
        background: var(--accent);
        box-shadow: 0 0 0 3px var(--accent-soft);
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      .note {
        color: var(--text-3);
        font-size: var(--t-sm);
      }
      m-chat-actions {
        margin-block-start: calc(-1 * var(--s1));
        margin-inline-start: -0.375rem;
      }
    `,
  ];

  @property({ attribute: false }) row!: Row;
  @property({ type: Boolean }) locked = false;

  constructor() {
    super();
    new Watch(this, models);
  }

  protected override render(): TemplateResult {
    const { message } = this.row;
    const live = message.status === 'streaming';
    const blocks = blocksOf(message);
    return html`${this.#who()}
      ${blocks.map((block, index) => this.#block(block, live && index === blocks.length - 1))}
      ${live && blocks.length === 0 ? html`<div class="writing">${t('chat.message.writing')}</div>` : nothing}
      ${live
        ? nothing
        : html`<m-chat-notice .message=${message} ?locked=${this.locked}></m-chat-notice>
            <m-chat-actions .row=${this.row} ?locked=${this.locked}></m-chat-actions>`}`;
  }

  #who(): TemplateResult {
    const { model: id } = this.row.message;
    const model = findModel(id);
    const where = model === undefined ? nothing : html`<bdi>${model.provider.name}</bdi>${model.local ? ` · ${t('chat.message.local')}` : nothing}`;
    return html`<div class="who">
      <span class="glyph">${icon('sparkles', 'xs')}</span><h2>${modelName(id) || t('chat.thread.answer')}</h2><small>${where}</small>
    </div>`;
  }

  #block(block: Block, live: boolean): TemplateResult {
    switch (block.kind) {
      case 'text':
        return html`<k-markdown .text=${block.text} .live=${live}></k-markdown>`;
      case 'steps':
        return html`<m-chat-steps .steps=${block.steps} .live=${live}></m-chat-steps>`;
      case 'notice':
        return html`<p class="note">${block.part.detail}</p>`;
    }
  }
}

define('m-chat-answer', ChatAnswer);
