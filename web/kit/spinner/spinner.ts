import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';
import { words } from '../words/index.js';

/** `<k-spinner label="Checking">`: something is going on, nobody knows how long. Appears after 200 ms. */
export class KSpinner extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: var(--s2);
        color: var(--text-3);
        font-size: var(--t-sm);
        animation: appear 1ms 200ms both;
      }
      .turn {
        display: grid;
        animation: turn 0.8s linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 360deg;
        }
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .turn {
          animation: none;
        }
      }
    `,
  ];

  /** Shown beside it; without one "Loading" is spoken. */
  @property() label = '';

  override render(): TemplateResult {
    return html`<span class="turn">${icon('loader-circle', 's')}</span
      ><span role="status" class=${this.label ? '' : 'sr'}>${this.label || words.loading}</span>`;
  }
}
