import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { Focusable } from '../focusable.js';

/** `<k-switch label="Enable model" ?checked=${…} @change=${…}>`: on or off, at once. Its label is spoken, not shown. */
export class KSwitch extends Focusable {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        vertical-align: middle;
      }
      button {
        position: relative;
        inline-size: 2.25rem;
        block-size: 1.5rem;
        border-radius: 99px;
        flex: none;
      }
      button::before {
        content: '';
        position: absolute;
        inset-block: 0.175rem;
        inset-inline: 0.125rem;
        border-radius: 99px;
        background: var(--line-strong);
        transition: background var(--m-fast) var(--ease);
      }
      button::after {
        content: '';
        position: absolute;
        inset-block-start: calc(0.175rem + 2px);
        inset-inline-start: calc(0.125rem + 2px);
        inline-size: calc(1.15rem - 4px);
        block-size: calc(1.15rem - 4px);
        border-radius: 50%;
        background: oklch(100% 0 0);
        transition: translate var(--m-fast) var(--ease);
      }
      button[aria-checked='true']::before {
        background: var(--accent);
      }
      button[aria-checked='true']::after {
        translate: calc(0.85rem * var(--k-dir, 1)) 0;
        background: var(--on-accent);
      }
      button:dir(rtl) {
        --k-dir: -1;
      }
      button[aria-disabled='true'] {
        opacity: 0.5;
        cursor: default;
      }
      @media (pointer: coarse) {
        button {
          inline-size: 2.75rem;
          block-size: 2.75rem;
        }
        button::before {
          inset-block: 0.8rem;
          inset-inline: 0.375rem;
        }
        button::after {
          inset-block-start: calc(0.8rem + 2px);
          inset-inline-start: calc(0.375rem + 2px);
        }
      }
      @media (forced-colors: active) {
        button::before {
          border: 1px solid ButtonText;
        }
        button::after {
          background: ButtonText;
          forced-color-adjust: none;
        }
        button[aria-checked='true']::before {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property() label = '';
  @property({ type: Boolean, reflect: true }) checked = false;
  @property({ type: Boolean, reflect: true }) disabled = false;

  override render(): TemplateResult {
    return html`<button
      type="button"
      role="switch"
      aria-checked=${String(this.checked)}
      aria-label=${this.label}
      aria-disabled=${String(this.disabled)}
      @click=${this.#clicked}
    ></button>`;
  }

  readonly #clicked = (): void => {
    if (this.disabled) return;
    this.checked = !this.checked;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };
}
