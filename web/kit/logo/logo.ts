import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

/** `<k-logo size="22">`: the product's sign, two arches. */
export class KLogo extends LitElement {
  static override styles = css`
    :host {
      display: inline-grid;
      flex: none;
    }
    path {
      fill: none;
      stroke: var(--accent);
      stroke-width: 2.4;
      stroke-linecap: round;
    }
    path + path {
      opacity: 0.45;
    }
  `;

  @property({ type: Number }) size = 22;

  override render(): TemplateResult {
    return html`<svg viewBox="0 0 24 24" width=${this.size} height=${this.size} aria-hidden="true">
      <path d="M4 20V10a8 8 0 0 1 16 0v10" />
      <path d="M9 20v-9a3 3 0 0 1 6 0v9" />
    </svg>`;
  }
}
