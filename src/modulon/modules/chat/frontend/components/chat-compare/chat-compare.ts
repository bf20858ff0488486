import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { define, errorText, formatNumber, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/markdown';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';

import { getMessage, type Message } from '../../api.js';
import { textOf } from '../../state/content.js';
import { amounts } from '../../state/cost.js';
import { modelName } from '../../state/models.js';
import { act } from '../acts.js';

/** `m-chat-compare`: two answers to one message side by side, one of which is chosen; under each other if it is narrow. */
export class ChatCompare extends LitElement {
  static override styles = [
    base,
    css`
      k-dialog {
        --k-dialog-width: 76rem;
      }
      .two {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--s5);
      }
      section {
        display: grid;
        grid-template-rows: auto auto minmax(0, 1fr) auto;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
        align-content: start;
      }
      section + section {
        padding-inline-start: var(--s5);
        border-inline-start: 1px solid var(--line);
      }
      k-button {
        justify-self: start;
      }
      small {
        color: var(--text-3);
        font-size: var(--t-xs);
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 760px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
        section + section {
          padding: var(--s5) 0 0;
          border-inline-start: 0;
          border-block-start: 1px solid var(--line);
        }
      }
    `,
  ];

  @property({ attribute: false }) message: Message | null = null;
  @state() private sides: [string, string] = ['', ''];
  @state() private known = new Map<string, Message>();
  @state() private error = '';

  /** Opens with the answer that is shown and the one before it, or after it if there is none before. */
  async show(): Promise<void> {
    const { message } = this;
    if (message === null) return;
    const at = message.siblings.indexOf(message.id);
    const other = message.siblings[at - 1] ?? message.siblings[at + 1] ?? message.id;
    this.known = new Map([[message.id, message]]);
    this.error = '';
    this.sides = at > 0 ? [other, message.id] : [message.id, other];
    await this.#load(other);
  }

  protected override render(): TemplateResult | typeof nothing {
    const [left, right] = this.sides;
    if (left === '' || this.message === null) return nothing;
    return html`<k-dialog open heading=${t('chat.compare.title')} @k-close=${this.#close}>
      ${this.error === '' ? nothing : html`<p role="alert">${this.error}</p>`}
      <div class="two">${this.#side(0, left)}${this.#side(1, right)}</div>
    </k-dialog>`;
  }

  #side(index: 0 | 1, id: string): TemplateResult {
    const message = this.known.get(id);
    const options = (this.message?.siblings ?? []).map((value, n) => {
      const one = this.known.get(value);
      const label = t('chat.compare.version', { n: n + 1 });
      return { value, label: one === undefined ? label : `${label} · ${modelName(one.model)}` };
    });
    const label = t(index === 0 ? 'chat.compare.left' : 'chat.compare.right');
    return html`<section aria-label=${label}>
      <k-select compact label=${label} label-hidden .options=${options} .value=${id} @change=${(event: Event) => this.#pick(index, event)}></k-select>
      <small>${message === undefined ? '' : spent(message)}</small>
      ${message === undefined ? html`<k-skeleton lines="4"></k-skeleton>` : html`<k-markdown .text=${textOf(message)}></k-markdown>`}
      <k-button size="sm" variant="line" icon="check" @click=${() => { this.#choose(id); }}>${t('chat.compare.choose')}</k-button>
    </section>`;
  }

  async #pick(index: 0 | 1, event: Event): Promise<void> {
    const id = (event.currentTarget as KSelect).value;
    this.sides = index === 0 ? [id, this.sides[1]] : [this.sides[0], id];
    await this.#load(id);
  }

  async #load(id: string): Promise<void> {
    if (this.known.has(id)) return;
    try {
      this.known = new Map([...this.known, [id, await getMessage(id)]]);
    } catch (error) {
      this.error = errorText(error, 'chat');
    }
  }

  #choose(messageId: string): void {
    if (messageId !== this.message?.id) act(this, { act: 'choose', messageId });
    this.#close();
  }

  readonly #close = (): void => {
    this.sides = ['', ''];
  };
}

/** What an answer took and cost, in one line; '' if neither is known. */
function spent({ usage }: Message): string {
  if (usage === null) return '';
  const both = t('chat.usage.both', { read: formatNumber(usage.input_tokens), written: formatNumber(usage.output_tokens) });
  return [t('chat.compare.tokens', { both }), ...amounts(usage.cost ? [usage.cost] : [])].join(' · ');
}

define('m-chat-compare', ChatCompare);
