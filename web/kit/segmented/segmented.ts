import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';

export interface Segment {
  value: string;
  label: string;
  icon?: string;
}

/** `<k-segmented label="Theme" .segments=${…} value="dark">`: one of a few; arrow keys choose. Fires `change`. */
export class KSegmented extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        max-inline-size: 100%;
      }
      .group {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
        padding: 3px;
        border-radius: var(--r-md);
        background: var(--active);
        max-inline-size: 100%;
      }
      button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 0.375rem;
        block-size: calc(var(--ctl) - 6px);
        padding-inline: 0.75rem;
        border-radius: 7px;
        font-size: var(--t-sm);
        font-weight: 500;
        color: var(--text-2);
        white-space: nowrap;
      }
      button:hover {
        color: var(--text);
      }
      button[aria-checked='true'] {
        background: var(--raised);
        color: var(--text);
        box-shadow:
          var(--e1),
          0 0 0 1px var(--line);
      }
      @media (forced-colors: active) {
        button {
          border: 1px solid ButtonBorder;
        }
        button[aria-checked='true'] {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) segments: readonly Segment[] = [];

  override render(): TemplateResult {
    return html`<div class="group" role="radiogroup" aria-label=${this.label} @keydown=${this.#pressed}>
      ${this.segments.map((segment) => this.#segment(segment))}
    </div>`;
  }

  #segment(segment: Segment): TemplateResult {
    const checked = segment.value === this.value;
    return html`<button
      type="button"
      role="radio"
      aria-checked=${String(checked)}
      tabindex=${checked ? 0 : -1}
      @click=${(): void => {
        this.#choose(segment.value);
      }}
    >
      ${segment.icon ? icon(segment.icon, 's') : nothing}${segment.label}
    </button>`;
  }

  #choose(value: string): void {
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const forward = ['ArrowRight', 'ArrowDown'].includes(event.key);
    if (!forward && !['ArrowLeft', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    const sideways = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
    const step = (forward ? 1 : -1) * (sideways && this.matches(':dir(rtl)') ? -1 : 1);
    const at = this.segments.findIndex((segment) => segment.value === this.value);
    const next = this.segments[(at + step + this.segments.length) % this.segments.length];
    if (!next) return;
    this.#choose(next.value);
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-checked=true]')?.focus();
    });
  };
}
