import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { toasts, type Toast } from '../../core/messages.js';
import { Watch } from '../../core/watch.js';
import '../../kit/toast/index.js';

/** The toasts at the lower edge, the newest last. */
export class ModulonToasts extends LitElement {
  static override styles = css`
    :host {
      position: fixed;
      inset: auto var(--s4) calc(var(--s5) + env(safe-area-inset-bottom));
      inline-size: auto;
      margin: 0;
      padding: var(--s2);
      border: 0;
      background: none;
      color: inherit;
      overflow: visible;
      justify-items: center;
      gap: var(--s2);
      pointer-events: none;
    }
    :host(:popover-open) {
      display: grid;
    }
  `;

  readonly #toasts = new Watch(this, toasts);

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
  }

  /** Over an open dialog too: what is shown last lies on top. */
  override updated(): void {
    if (this.matches(':popover-open')) this.hidePopover();
    if (this.#toasts.value.length > 0) this.showPopover();
  }

  override render(): TemplateResult {
    return html`${repeat(
      this.#toasts.value,
      (one) => one.id,
      (one) => this.#toast(one),
    )}`;
  }

  #toast(one: Toast): TemplateResult {
    const remove = (): void => {
      toasts.set(toasts.value.filter((other) => other !== one));
    };
    return html`<k-toast tone=${one.tone} .text=${one.text} action=${one.action?.label ?? nothing} @k-action=${(): void => void one.action?.run()} @k-close=${remove}></k-toast>`;
  }
}

customElements.define('modulon-toasts', ModulonToasts);
