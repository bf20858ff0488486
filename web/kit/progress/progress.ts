import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

/** `<k-progress label="Uploading" value="0.4">`: from 0 to 1. */
export class KProgress extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-inline-size: 3rem;
    }
    div {
      block-size: 0.375rem;
      border-radius: 99px;
      background: var(--active);
      overflow: hidden;
    }
    i {
      display: block;
      block-size: 100%;
      border-radius: 99px;
      background: var(--k-progress-colour, var(--accent));
      transition: inline-size var(--m-base) var(--ease);
    }
    @media (forced-colors: active) {
      div {
        border: 1px solid CanvasText;
      }
      i {
        background: Highlight;
        forced-color-adjust: none;
      }
    }
  `;

  @property() label = '';
  @property({ type: Number }) value = 0;
  /** What the value means, in words: `40 %, 2 minutes left`. */
  @property({ attribute: 'value-text' }) valueText = '';

  override render(): TemplateResult {
    const percent = Math.round(Math.min(1, Math.max(0, this.value)) * 100);
    return html`<div
      role="progressbar"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent}
      aria-valuetext=${this.valueText || nothing}
    >
      <i style="inline-size:${percent}%"></i>
    </div>`;
  }
}
