import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import '../icon-button/index.js';
import { words } from '../words/index.js';

/** `<k-pager index="2" total="3" @k-page=${(e) => e.detail}>`: `‹ 2 / 3 ›`, counted from 1. Labels can be replaced. */
export class KPager extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        font-size: var(--t-xs);
        font-variant-numeric: tabular-nums;
        color: var(--text-3);
      }
    `,
  ];

  @property({ type: Number }) index = 1;
  @property({ type: Number }) total = 1;
  @property() previous = '';
  @property() next = '';

  override render(): TemplateResult {
    return html`<k-icon-button
        size="sm"
        icon="chevron-left"
        label=${this.previous || words.previous}
        ?disabled=${this.index <= 1}
        @click=${(): void => {
          this.#go(-1);
        }}
      ></k-icon-button
      ><span aria-live="polite">${words.of(this.index, this.total)}</span
      ><k-icon-button
        size="sm"
        icon="chevron-right"
        label=${this.next || words.next}
        ?disabled=${this.index >= this.total}
        @click=${(): void => {
          this.#go(1);
        }}
      ></k-icon-button>`;
  }

  #go(step: number): void {
    const detail = this.index + step;
    if (detail >= 1 && detail <= this.total) this.dispatchEvent(new CustomEvent('k-page', { detail }));
  }
}
