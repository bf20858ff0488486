import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';
import '../icon-button/index.js';
import { words } from '../words/index.js';

const ICONS = { info: 'info', ok: 'circle-check', bad: 'circle-alert' };
/** How long a toast stays, in ms; one that needs an answer or reports a failure stays until it is closed. */
const STAY = 6000;

/** `<k-toast tone="ok" text="Saved" action="Undo">`: fires `k-action` and, when it is over, `k-close`. */
export class KToast extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.625rem;
        max-inline-size: min(32rem, 100%);
        min-block-size: 2.75rem;
        padding-block: 0.375rem;
        padding-inline: 0.875rem 0.375rem;
        border-radius: var(--r-lg);
        background: var(--raised);
        box-shadow:
          var(--e3),
          0 0 0 1px var(--line);
        font-size: var(--t-sm);
        line-height: 1.45;
        pointer-events: auto;
        animation: appear var(--m-base) var(--ease);
      }
      @keyframes appear {
        from {
          opacity: 0;
          translate: 0 0.5rem;
        }
      }
      .ok svg {
        color: var(--ok);
      }
      .bad svg {
        color: var(--bad);
      }
      .info svg {
        color: var(--text-3);
      }
      .sign {
        display: grid;
      }
      .text {
        flex: 1;
        overflow-wrap: anywhere;
      }
      .action {
        min-block-size: 2rem;
        padding-inline: 0.5rem;
        border-radius: var(--r-sm);
        font-weight: 550;
        color: var(--accent-text);
      }
      .action:hover {
        background: var(--hover);
      }
      @media (forced-colors: active) {
        :host {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  @property() tone: keyof typeof ICONS = 'info';
  @property() text = '';
  @property() action: string | undefined;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerenter', this.#wait);
    this.addEventListener('pointerleave', this.#count);
    this.addEventListener('focusin', this.#wait);
    this.addEventListener('focusout', this.#count);
    this.#count();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    return html`<span class="sign ${this.tone}">${icon(ICONS[this.tone], 's')}</span>
      <span class="text" role=${this.tone === 'bad' ? 'alert' : 'status'}>${this.text}</span>
      ${this.action ? html`<button class="action" @click=${this.#act}>${this.action}</button>` : nothing}
      <k-icon-button size="sm" icon="x" label=${words.dismiss} @click=${this.#close}></k-icon-button>`;
  }

  readonly #wait = (): void => {
    clearTimeout(this.#timer);
  };

  readonly #count = (): void => {
    this.#wait();
    if (this.tone !== 'bad' && !this.action) this.#timer = setTimeout(this.#close, STAY);
  };

  readonly #act = (): void => {
    this.dispatchEvent(new CustomEvent('k-action'));
    this.#close();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}
