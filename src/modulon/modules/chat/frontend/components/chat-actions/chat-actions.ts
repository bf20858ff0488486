import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';

import { define, formatDuration, t } from '@modulon/sdk';
import '@modulon/kit/icon-button';
import { base } from '@modulon/kit/styles';

import type { Row } from '../../state/rows.js';
import { act } from '../acts.js';
import '../chat-compare/chat-compare.js';
import type { ChatCompare } from '../chat-compare/chat-compare.js';
import '../chat-usage/chat-usage.js';

/** `m-chat-actions`: the quiet row under a message: what can be done with it, its versions, what it took. */
export class ChatActions extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 1px;
        min-block-size: 1.75rem;
        color: var(--text-3);
        font-size: var(--t-xs);
        font-variant-numeric: tabular-nums;
      }
      k-icon-button {
        --text-2: var(--text-3);
      }
      .pager {
        display: inline-flex;
        align-items: center;
        margin-inline: 0.125rem;
      }
      .meta {
        margin-inline-start: auto;
        padding-inline-start: var(--s3);
        white-space: nowrap;
      }
      @media (max-width: 760px) {
        .meta {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) row!: Row;
  @query('m-chat-compare') private readonly comparison!: ChatCompare | null;
  /** Nothing may be changed while an answer is being written. */
  @property({ type: Boolean }) locked = false;

  protected override render(): TemplateResult {
    const { message } = this.row;
    const own = message.role === 'user';
    return html`${own ? this.#pager() : nothing}
      ${this.#button('copy', 'copy', () => { act(this, { act: 'copy', message }); })}
      ${own
        ? this.#button('pencil', 'edit', () => { this.dispatchEvent(new CustomEvent('m-edit')); })
        : this.#button('refresh-cw', 'regenerate', () => { act(this, { act: 'regenerate', message }); })}
      <modulon-slot name="message.action" .data=${{ message }}></modulon-slot>
      ${own ? nothing : html`${this.#compare()}<m-chat-usage .row=${this.row}></m-chat-usage>${this.#pager()}`}
      <span class="meta">${this.#meta}</span>`;
  }

  /** Two answers to one message beside each other. */
  #compare(): TemplateResult | typeof nothing {
    const { message } = this.row;
    if (message.siblings.length < 2) return nothing;
    return html`${this.#button('columns-2', 'compare', () => void this.comparison?.show())}<m-chat-compare .message=${message}></m-chat-compare>`;
  }

  #button(icon: string, word: string, run: () => void): TemplateResult {
    const off = this.locked && word !== 'copy';
    return html`<k-icon-button size="sm" icon=${icon} label=${t(`chat.message.${word}`)} ?disabled=${off} @click=${run}></k-icon-button>`;
  }

  #pager(): TemplateResult | typeof nothing {
    const { siblings, id } = this.row.message;
    if (siblings.length < 2) return nothing;
    const at = siblings.indexOf(id);
    const of = t('chat.message.of', { index: at + 1, total: siblings.length });
    return html`<span class="pager" role="group" aria-label=${t('chat.message.branch')}>
      ${this.#step('chevron-left', 'previous', siblings[at - 1])}<span>${of}</span>${this.#step('chevron-right', 'next', siblings[at + 1])}
    </span>`;
  }

  #step(icon: string, word: string, messageId: string | undefined): TemplateResult {
    const choose = (): void => { if (messageId !== undefined) act(this, { act: 'choose', messageId }); };
    const off = messageId === undefined || this.locked;
    return html`<k-icon-button size="sm" icon=${icon} label=${t(`chat.message.${word}`)} ?disabled=${off} @click=${choose}></k-icon-button>`;
  }

  get #meta(): string {
    const { message, seconds } = this.row;
    if (message.usage === null) return '';
    const n = message.usage.output_tokens;
    const tokens = t('chat.message.tokens', { n });
    return seconds === undefined ? tokens : t('chat.message.meta', { tokens, time: formatDuration(seconds * 1000) });
  }
}

define('m-chat-actions', ChatActions);
