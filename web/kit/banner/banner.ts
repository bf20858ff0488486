import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';
import '../icon-button/index.js';
import { words } from '../words/index.js';

const ICONS = { info: 'info', ok: 'circle-check', warn: 'triangle-alert', bad: 'circle-alert', plain: 'info' };

/**
 * `<k-banner tone="bad" heading="The key was rejected.">Nothing was lost.<k-button slot="action">…`: a note within the
 * page; with `edge` a line over the whole of it. `dismissible` fires `k-close`.
 */
export class KBanner extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        padding: 0.625rem 0.75rem;
        border-radius: var(--r-md);
        font-size: var(--t-sm);
        line-height: 1.45;
        background: var(--sunken);
        color: var(--text-2);
      }
      svg.i {
        color: var(--text-3);
      }
      :host([tone='warn']) {
        background: var(--warn-soft);
      }
      :host([tone='warn']) svg {
        color: var(--warn);
      }
      :host([tone='bad']) {
        background: var(--bad-soft);
      }
      :host([tone='bad']) svg {
        color: var(--bad);
      }
      :host([tone='ok']) {
        background: var(--ok-soft);
      }
      :host([tone='ok']) svg {
        color: var(--ok);
      }
      :host([tone='info']) {
        background: var(--info-soft);
      }
      :host([tone='info']) svg {
        color: var(--info);
      }
      .text {
        flex: 1;
        min-inline-size: 0;
      }
      b {
        font-weight: 600;
        color: var(--text);
      }
      :host([edge]) {
        border-radius: 0;
        justify-content: center;
        color: var(--text);
        padding: 0.5rem var(--s4);
        min-block-size: 2.5rem;
        gap: 0.625rem;
      }
      :host([edge]) .text {
        flex: 0 1 auto;
      }
      @media (max-width: 47.5rem) {
        :host {
          align-items: flex-start;
          flex-wrap: wrap;
        }
        .text {
          flex-basis: calc(100% - 2.5rem);
        }
        .sign {
          margin-block-start: 0.125rem;
        }
        :host([edge]) {
          flex-wrap: nowrap;
          justify-content: flex-start;
        }
      }
      .sign {
        display: grid;
      }
      @media (forced-colors: active) {
        :host {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  @property({ reflect: true }) tone: keyof typeof ICONS = 'plain';
  @property() heading = '';
  @property() icon = '';
  @property({ type: Boolean, reflect: true }) edge = false;
  @property({ type: Boolean }) dismissible = false;

  /** What went wrong is seen, also below the fold of a long form. */
  protected override firstUpdated(): void {
    if (this.getAttribute('role') === 'alert') this.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    return html`<span class="sign">${icon(this.icon || ICONS[this.tone], 's')}</span>
      <div class="text">${this.heading ? html`<b>${this.heading}</b> ` : nothing}<slot></slot></div>
      <slot name="action"></slot>
      ${this.dismissible ? html`<k-icon-button size="sm" icon="x" label=${words.dismiss} @click=${this.#close}></k-icon-button>` : nothing}`;
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}
