import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { styles } from './tooltip.styles.js';

const DELAY = 450;

/**
 * `<k-tooltip text="Copy"><button aria-label="Copy">…`: shows on hover (after a moment) and on keyboard focus what a
 * control says. It adds nothing for screen readers: the control must have its own name.
 */
export class KTooltip extends LitElement {
  static override styles = [base, styles];

  @property() text = '';
  @property() keys = '';
  @query('.tip') private readonly tip!: HTMLElement | null;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    return html`<span
        class="anchor"
        @pointerenter=${this.#entered}
        @pointerleave=${this.#hide}
        @pointerdown=${this.#hide}
        @focusin=${this.#focused}
        @focusout=${this.#hide}
        @keydown=${this.#pressed}
        ><slot></slot
      ></span>
      <div class="tip" popover="manual" aria-hidden="true">
        ${this.text}${this.keys ? html`<span class="keys">${this.keys}</span>` : nothing}
      </div>`;
  }

  readonly #entered = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return;
    this.#timer = setTimeout(this.#show, DELAY);
  };

  readonly #focused = (event: FocusEvent): void => {
    const target = event.composedPath()[0];
    if (target instanceof Element && target.matches(':focus-visible')) this.#show();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#hide();
  };

  readonly #show = (): void => {
    if (this.text && this.isConnected) this.tip?.showPopover();
  };

  readonly #hide = (): void => {
    clearTimeout(this.#timer);
    this.tip?.hidePopover();
  };
}
