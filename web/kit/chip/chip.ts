import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';
import '../icon-button/index.js';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'accent';

/**
 * `<k-chip tone="ok">Local</k-chip>`: a small label; with `selectable` a filter that is pressed or not (fires `change`);
 * with `remove` (what the button says) it can be taken away (fires `k-remove`).
 */
export class KChip extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        vertical-align: middle;
        min-inline-size: 0;
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        min-inline-size: 0;
        block-size: 1.5rem;
        padding-inline: 0.5rem;
        border-radius: var(--r-full);
        font-size: var(--t-xs);
        font-weight: 500;
        white-space: nowrap;
        color: var(--text-2);
        background: var(--sunken);
      }
      .ok {
        background: var(--ok-soft);
        color: var(--ok);
      }
      .warn {
        background: var(--warn-soft);
        color: var(--warn);
      }
      .bad {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .info {
        background: var(--info-soft);
        color: var(--info);
      }
      .accent,
      button[aria-pressed='true'].chip {
        background: var(--accent-soft);
        color: var(--accent-text);
      }
      button.chip {
        background: none;
        box-shadow: inset 0 0 0 1px var(--line);
      }
      button.chip:hover {
        background: var(--active);
      }
      button[aria-pressed='true'].chip {
        box-shadow: inset 0 0 0 1px color-mix(in oklch, var(--accent) 45%, transparent);
      }
      slot {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      k-icon-button {
        margin-inline-end: -0.5rem;
        --icon-ctl: 1.5rem;
      }
      @media (pointer: coarse) {
        button.chip {
          block-size: 2.75rem;
          padding-inline: 0.875rem;
        }
      }
      @media (forced-colors: active) {
        .chip {
          border: 1px solid currentColor;
        }
        button[aria-pressed='true'].chip {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property() tone: Tone = 'plain';
  @property() icon = '';
  @property({ type: Boolean }) selectable = false;
  @property({ type: Boolean, reflect: true }) selected = false;
  /** What the button that takes the chip away says; without it there is none. */
  @property({ attribute: 'remove' }) removal = '';

  override render(): TemplateResult {
    const content = html`${this.icon ? icon(this.icon, 'xs') : nothing}<slot></slot>`;
    if (this.selectable) {
      return html`<button type="button" class="chip" aria-pressed=${String(this.selected)} @click=${this.#toggle}>${content}</button>`;
    }
    return html`<span class="chip ${this.tone}">${content}${this.removal ? this.#removeButton() : nothing}</span>`;
  }

  #removeButton(): TemplateResult {
    return html`<k-icon-button size="sm" icon="x" label=${this.removal} @click=${this.#remove}></k-icon-button>`;
  }

  readonly #toggle = (): void => {
    this.selected = !this.selected;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };

  readonly #remove = (): void => {
    this.dispatchEvent(new CustomEvent('k-remove'));
  };
}
