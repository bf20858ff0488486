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
      inset-block-end: calc(var(--s5) + env(safe-area-inset-bottom));
      inset-inline: var(--s4);
      z-index: 20;
      display: grid;
      justify-items: center;
      gap: var(--s2);
      pointer-events: none;
    }
  `;

  readonly #toasts = new Watch(this, toasts);

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
