import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { define, errorText, formatDuration, formatNumber, t } from '@modulon/sdk';
import '@modulon/kit/icon-button';
import '@modulon/kit/popover';
import { base } from '@modulon/kit/styles';

import { getUsage, type ConversationUsage, type Cost } from '../../api.js';
import { amounts } from '../../state/cost.js';
import { modelName } from '../../state/models.js';
import type { Row } from '../../state/rows.js';

/** `m-chat-usage`: on demand, what an answer and its whole conversation took and cost. A price that is not known is not guessed. */
export class ChatUsage extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        --text-2: var(--text-3);
      }
      .sheet {
        display: grid;
        gap: var(--s1) var(--s5);
        grid-template-columns: 1fr auto;
        min-inline-size: 14rem;
        max-inline-size: 20rem;
        padding: var(--s3);
        font-size: var(--t-sm);
        color: var(--text);
        font-variant-numeric: tabular-nums;
      }
      h3,
      p {
        grid-column: 1 / -1;
        font-size: var(--t-xs);
        color: var(--text-3);
        line-height: 1.5;
      }
      h3 {
        font-weight: 550;
      }
      h3:not(:first-child) {
        padding-block-start: var(--s2);
      }
      dt {
        overflow-wrap: anywhere;
      }
      dd {
        text-align: end;
        white-space: nowrap;
      }
      dd > span {
        display: block;
      }
      dl {
        display: contents;
      }
      dl.cost {
        font-weight: 550;
      }
    `,
  ];

  @property({ attribute: false }) row!: Row;
  @state() private total: ConversationUsage | null = null;
  @state() private error = '';

  protected override render(): TemplateResult {
    const label = t('chat.usage.label');
    return html`<k-popover label=${label} placement="top-start" @k-open=${this.#load}>
      <k-icon-button slot="trigger" size="sm" icon="info" label=${label}></k-icon-button>
      <div class="sheet">${this.#answer()}${this.#conversation()}</div>
    </k-popover>`;
  }

  #answer(): TemplateResult {
    const { message, seconds } = this.row;
    const { usage } = message;
    return html`<h3>${t('chat.usage.answer')}</h3>
      ${usage === null
        ? html`<p>${t('chat.usage.uncounted')}</p>`
        : html`${this.#figures(usage.input_tokens, usage.output_tokens)}${this.#cost(usage.cost ? [usage.cost] : [])}`}
      ${seconds === undefined ? nothing : html`<dl><dt>${t('chat.usage.time')}</dt><dd>${formatDuration(seconds * 1000)}</dd></dl>`}`;
  }

  #conversation(): TemplateResult {
    if (this.error !== '') return html`<p role="alert">${this.error}</p>`;
    if (this.total === null) return html``;
    const { items, costs, unpriced } = this.total;
    const uncounted = items.reduce((sum, one) => sum + one.uncounted, 0);
    return html`<h3>${t('chat.usage.conversation')}</h3>
      ${items.map((one) => html`<dl><dt>${modelName(one.model)}</dt>
        <dd>${t('chat.usage.both', { read: formatNumber(one.input_tokens), written: formatNumber(one.output_tokens) })}</dd></dl>`)}
      ${costs.length === 0 && unpriced === 0 ? nothing : this.#cost(costs)}
      ${unpriced === 0 ? nothing : html`<p>${t(costs.length === 0 ? 'chat.usage.no_price' : 'chat.usage.unpriced', { n: unpriced })}</p>`}
      ${uncounted === 0 ? nothing : html`<p>${t('chat.usage.uncounted_runs', { n: uncounted })}</p>`}`;
  }

  #figures(read: number, written: number): TemplateResult {
    return html`<dl><dt>${t('chat.usage.read')}</dt><dd>${formatNumber(read)}</dd></dl>
      <dl><dt>${t('chat.usage.written')}</dt><dd>${formatNumber(written)}</dd></dl>`;
  }

  #cost(costs: readonly Cost[]): TemplateResult {
    const known = amounts(costs);
    const shown = known.length === 0 ? [t('chat.usage.unknown')] : known;
    return html`<dl class="cost"><dt>${t('chat.usage.cost')}</dt><dd>${shown.map((one) => html`<span>${one}</span>`)}</dd></dl>`;
  }

  readonly #load = async (): Promise<void> => {
    try {
      this.total = await getUsage(this.row.message.conversation_id);
      this.error = '';
    } catch (error) {
      this.error = errorText(error, 'chat');
    }
  };
}

define('m-chat-usage', ChatUsage);
