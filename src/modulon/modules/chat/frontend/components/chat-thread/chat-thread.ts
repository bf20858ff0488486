import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';

import { define, t } from '@modulon/sdk';
import { warmUp } from '@modulon/kit/markdown';
import '@modulon/kit/message-list';
import type { FollowChange, KMessageList, RowView } from '@modulon/kit/message-list';
import { base } from '@modulon/kit/styles';

import type { Message } from '../../api.js';
import { textOf } from '../../state/content.js';
import { modelName } from '../../state/models.js';
import { rowKey, type Row } from '../../state/rows.js';
import '../chat-answer/chat-answer.js';
import '../chat-question/chat-question.js';
import './document-words.js';
import { guessHeight } from './height.js';

/** How much of a message a screen reader hears as the name of its row. */
const LABEL_LENGTH = 80;

function labelOf({ message }: Row): string {
  const who = message.role === 'user' ? t('chat.thread.you') : modelName(message.model);
  return message.status === 'streaming' ? who : t('chat.thread.row', { who, text: beginning(message) });
}

function beginning(message: Message): string {
  return textOf(message).slice(0, 2 * LABEL_LENGTH).replace(/\s+/g, ' ').slice(0, LABEL_LENGTH);
}

/** Made anew when what rows depend on besides themselves has changed. */
function viewOf(locked: boolean, found: string): RowView<Row> {
  return {
    key: rowKey,
    label: labelOf,
    height: ({ message }) => guessHeight(message),
    template: (row) =>
      row.message.role === 'user'
        ? html`<m-chat-question .row=${row} ?locked=${locked} ?found=${row.message.id === found}></m-chat-question>`
        : html`<m-chat-answer .row=${row} ?locked=${locked} ?found=${row.message.id === found}></m-chat-answer>`,
  };
}

/**
 * `m-chat-thread`: the messages of the active branch. Apart from the page, since documents are the heaviest part of the
 * chat and an empty one has none.
 *
 * @fires m-follow - `detail` is a `FollowChange`
 * @fires m-older - older messages are wanted
 */
export class ChatThread extends LitElement {
  static override styles = [
    base,
    css`
      :host,
      k-message-list {
        display: grid;
        min-block-size: 0;
        block-size: 100%;
      }
      .older {
        padding-block: var(--s4);
        text-align: center;
        font-size: var(--t-sm);
        color: var(--text-3);
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly Row[] = [];
  /** An answer is being written: nothing else may be changed. */
  @property({ type: Boolean }) locked = false;
  @property({ type: Boolean }) loadingOlder = false;
  /** The message that was searched for. */
  @property() found = '';
  @query('k-message-list') private readonly list!: KMessageList<Row>;

  #view = viewOf(false, '');

  scrollToEnd(): void {
    this.list.scrollToEnd();
  }

  /** Brings a row into view. */
  async show(row: Row): Promise<void> {
    await this.updateComplete;
    await this.list.updateComplete;
    this.list.scrollToRow(rowKey(row));
  }

  focusRow(step: -1 | 1): void {
    this.list.focusRow(step);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locked') || changed.has('found')) this.#view = viewOf(this.locked, this.found);
  }

  protected override render(): TemplateResult {
    return html`<k-message-list
      .rows=${this.rows}
      .view=${this.#view}
      .ariaLabel=${t('chat.thread.label')}
      ?busy=${this.locked}
      @k-follow-change=${this.#followed}
      @k-reach-start=${() => this.dispatchEvent(new CustomEvent('m-older'))}
    >
      ${this.loadingOlder ? html`<div slot="start" class="older" role="status">${t('chat.thread.older')}</div>` : nothing}
    </k-message-list>`;
  }

  readonly #followed = ({ detail }: CustomEvent<FollowChange>): void => {
    this.dispatchEvent(new CustomEvent<FollowChange>('m-follow', { detail }));
  };
}

define('m-chat-thread', ChatThread);
warmUp();
