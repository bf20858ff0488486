import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';

/** `<k-empty-state icon="plug" heading="No providers yet" text="…">` with one action in its default slot. */
export class KEmptyState extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        text-align: center;
        gap: var(--s4);
        padding: var(--s12) var(--s5);
      }
      .sign {
        display: grid;
        place-items: center;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: var(--r-lg);
        background: var(--sunken);
        color: var(--text-3);
      }
      .words {
        display: grid;
        gap: 0.25rem;
        max-inline-size: 26rem;
      }
      h2 {
        font-size: var(--t-body);
        font-weight: 600;
        letter-spacing: -0.008em;
        text-wrap: balance;
      }
      p {
        color: var(--text-2);
        line-height: 1.55;
        text-wrap: pretty;
      }
      :host([small]) {
        grid-template-columns: auto minmax(0, 1fr);
        justify-items: start;
        text-align: start;
        gap: var(--s2) var(--s3);
        padding: var(--s3);
        font-size: var(--t-sm);
      }
      :host([small]) .sign {
        inline-size: auto;
        block-size: auto;
        background: none;
      }
      :host([small]) h2 {
        font-size: var(--t-sm);
        overflow-wrap: anywhere;
      }
      :host([small]) ::slotted(*) {
        grid-column: 2;
      }
    `,
  ];

  @property() icon = '';
  @property() heading = '';
  @property() text = '';
  /** In a line, for small places. */
  @property({ type: Boolean, reflect: true }) small = false;

  override render(): TemplateResult {
    return html`${this.icon ? html`<span class="sign">${icon(this.icon, this.small ? 's' : 'm')}</span>` : nothing}
      <div class="words">
        <h2>${this.heading}</h2>
        ${this.text ? html`<p>${this.text}</p>` : nothing}
      </div>
      <slot></slot>`;
  }
}
