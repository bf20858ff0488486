import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { define, t } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/markdown';
import { base } from '@modulon/kit/styles';

import type { Part } from '../../api.js';
import { hold } from '../acts.js';

type Step = Extract<Part, { type: 'reasoning' | 'tool_call' }>;

/** JSON as a person reads it; text that is not (or not yet) JSON stays as it is. */
function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** `m-chat-steps`: thinking and tool calls that follow one another, as one quiet row that unfolds. */
export class ChatSteps extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .summary {
        display: inline-flex;
        align-items: center;
        gap: 0.625rem;
        max-inline-size: 100%;
        min-block-size: 1.75rem;
        padding-inline: var(--s2);
        margin-inline-start: calc(-1 * var(--s2));
        border-radius: var(--r-sm);
        font-size: var(--t-sm);
        color: var(--text-2);
      }
      .summary:hover {
        background: var(--hover);
      }
      .summary span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .chevron {
        display: grid;
        color: var(--text-3);
      }
      [aria-expanded='true'] .chevron {
        rotate: 180deg;
      }
      .steps {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
        margin-block-start: var(--s2);
        padding-inline-start: var(--s4);
        border-inline-start: 2px solid var(--line);
        color: var(--text-2);
      }
      k-markdown {
        font-size: var(--t-md);
        line-height: 1.6;
      }
      .call {
        display: flex;
        align-items: center;
        gap: var(--s2);
        font-size: var(--t-sm);
        font-weight: 550;
        margin-block-end: var(--s2);
      }
      .call code {
        font-size: var(--t-xs);
        color: var(--text);
      }
      @media (pointer: coarse) {
        .summary {
          min-block-size: 2.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) steps: readonly Step[] = [];
  /** The last step is still going on. */
  @property({ type: Boolean }) live = false;
  @state() private open = false;

  protected override render(): TemplateResult {
    return html`<button type="button" class="summary" aria-expanded=${this.open} @click=${this.#toggle}>
        ${icon(this.steps.some(({ type }) => type === 'reasoning') ? 'sparkles' : 'wrench', 's')}
        <span>${this.#summary}</span><span class="chevron">${icon('chevron-down', 'xs')}</span>
      </button>
      ${this.open ? html`<div class="steps">${this.steps.map((step, index) => this.#step(step, index))}</div>` : nothing}`;
  }

  get #summary(): string {
    const last = this.steps.at(-1);
    if (this.live && last !== undefined) {
      return last.type === 'reasoning' ? t('chat.steps.thinking') : t('chat.steps.calling', { name: last.name });
    }
    const calls = this.steps.filter((step) => step.type === 'tool_call');
    const thought = calls.length < this.steps.length;
    if (calls.length === 0) return t('chat.steps.thought');
    const name = calls[0]?.name ?? '';
    const called = t(thought ? 'chat.steps.called' : 'chat.steps.called_first', { n: calls.length, name });
    return thought ? t('chat.steps.both', { first: t('chat.steps.thought'), second: called }) : called;
  }

  #step(step: Step, index: number): TemplateResult {
    if (step.type === 'reasoning') {
      const growing = this.live && index === this.steps.length - 1;
      return html`<k-markdown .text=${step.text} .live=${growing}></k-markdown>`;
    }
    return html`<div>
      <p class="call">${icon('wrench', 'xs')}<code>${step.name}</code></p>
      <k-markdown .text=${`\`\`\`json\n${pretty(step.arguments)}\n\`\`\``}></k-markdown>
    </div>`;
  }

  readonly #toggle = (): void => {
    hold(this);
    this.open = !this.open;
  };
}

define('m-chat-steps', ChatSteps);
