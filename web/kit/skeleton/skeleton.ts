import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { words } from '../words/index.js';

/** `<k-skeleton lines="3">`: the place of what is loading. It does not move; it appears after 200 ms. */
export class KSkeleton extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--s3);
        animation: appear 1ms 200ms both;
      }
      i {
        display: block;
        block-size: 0.875rem;
        border-radius: var(--r-sm);
        background: var(--active);
      }
      :host([rows]) {
        gap: 0;
      }
      :host([rows]) i {
        block-size: 0.75rem;
        margin: 1.25rem var(--s4);
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      @media (forced-colors: active) {
        i {
          background: GrayText;
        }
      }
    `,
  ];

  @property({ type: Number }) lines = 3;
  /** Spaced as the rows of a table. */
  @property({ type: Boolean, reflect: true }) rows = false;

  override render(): TemplateResult {
    const widths = [92, 78, 85, 60, 71];
    const lines = Array.from({ length: this.lines }, (_, index) => widths[index % widths.length] ?? 80);
    return html`<span class="sr" role="status">${words.loading}</span>${lines.map((width) => html`<i style="inline-size:${width}%"></i>`)}`;
  }
}
