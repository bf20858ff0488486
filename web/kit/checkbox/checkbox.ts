import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';

import { base } from '../base.styles.js';
import { Focusable } from '../focusable.js';
import { icon } from '../icon/svg.js';

/** `<k-checkbox name="read" label="Read">`: with its label beside it, or spoken only (`label-hidden`). Takes part in its form. */
export class KCheckbox extends Focusable {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        vertical-align: middle;
      }
      label {
        display: flex;
        gap: 0.375rem;
        align-items: flex-start;
        cursor: pointer;
        line-height: 1.5rem;
      }
      .mark {
        position: relative;
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 1.5rem;
        block-size: 1.5rem;
      }
      input {
        appearance: none;
        position: absolute;
        inset: 0;
        margin: 0;
        border-radius: var(--r-sm);
        cursor: pointer;
      }
      .square {
        display: grid;
        place-items: center;
        inline-size: 1rem;
        block-size: 1rem;
        border-radius: 5px;
        box-shadow: inset 0 0 0 1.5px var(--line-strong);
        background: var(--surface);
        color: transparent;
        pointer-events: none;
      }
      .square svg {
        inline-size: 0.75rem;
        block-size: 0.75rem;
        stroke-width: 3;
      }
      input:checked + .square,
      input:indeterminate + .square {
        background: var(--accent);
        box-shadow: none;
        color: var(--on-accent);
      }
      input:disabled + .square {
        opacity: 0.5;
      }
      small {
        display: block;
        color: var(--text-3);
        font-size: var(--t-xs);
        line-height: 1.45;
      }
      @media (pointer: coarse) {
        .mark {
          inline-size: 2.75rem;
          block-size: 2.75rem;
        }
        label {
          line-height: 2.75rem;
        }
        small {
          margin-block-start: -0.5rem;
        }
      }
      @media (forced-colors: active) {
        .square {
          border: 1px solid ButtonText;
        }
        input:checked + .square {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];
  static readonly formAssociated = true;

  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  @property() hint = '';
  @property() name = '';
  @property() value = 'on';
  @property({ type: Boolean, reflect: true }) checked = false;
  @property({ type: Boolean }) indeterminate = false;
  @property({ type: Boolean, reflect: true }) disabled = false;
  @query('input') private readonly input!: HTMLInputElement;

  readonly #internals = this.attachInternals();

  override updated(): void {
    this.#internals.setFormValue(this.checked ? this.value : null);
  }

  override render(): TemplateResult {
    return html`<label>
      <span class="mark">
        <input
          type="checkbox"
          .checked=${live(this.checked)}
          .indeterminate=${live(this.indeterminate)}
          ?disabled=${this.disabled}
          aria-label=${this.labelHidden ? this.label : nothing}
          aria-describedby=${this.hint ? 'hint' : nothing}
          @change=${this.#changed}
        />
        <span class="square">${icon(this.indeterminate ? 'minus' : 'check', 'xs')}</span>
      </span>
      ${this.labelHidden ? nothing : html`<span>${this.label}${this.hint ? html`<small id="hint">${this.hint}</small>` : nothing}</span>`}
    </label>`;
  }

  readonly #changed = (): void => {
    this.checked = this.input.checked;
    this.indeterminate = false;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };
}
