import { copyText, define, t, toast } from '@modulon/sdk';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

/** `<m-modules-traceback .text=${…} .where=${['node 12']}>`: what the code said as it failed, folded, to copy. */
export class ModulesTraceback extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }
      summary {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        min-block-size: 1.75rem;
        padding-inline: 0.375rem;
        margin-inline-start: -0.375rem;
        border-radius: var(--r-sm);
        font-size: var(--t-sm);
        color: var(--text-2);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:hover {
        background: var(--hover);
      }
      [open] > summary svg {
        rotate: 90deg;
      }
      [open] > summary svg:dir(rtl) {
        rotate: -90deg;
      }
      .code {
        position: relative;
        margin-block-start: var(--s1);
        border: 1px solid var(--line);
        border-radius: var(--r-md);
        background: var(--code-bg);
        overflow: hidden;
      }
      header {
        display: flex;
        justify-content: flex-end;
        padding: 0.25rem;
        border-block-end: 1px solid var(--line);
      }
      pre {
        margin: 0;
        max-block-size: 20rem;
        overflow: auto;
        padding: 0.75rem 0.875rem;
        font: 450 var(--t-xs) / 1.55 var(--mono);
        text-align: left;
      }
      pre:focus-visible {
        outline-offset: -2px;
      }
      @media (pointer: coarse) {
        summary {
          min-block-size: 2.75rem;
        }
      }
    `,
  ];

  @property() text = '';
  /** The processes that have it; nothing where it is of all. */
  @property({ attribute: false }) where: readonly string[] = [];

  override render(): TemplateResult {
    const where = this.where.length > 0 ? html`<bdi class="where">· ${this.where.join(', ')}</bdi>` : nothing;
    return html`<details @toggle=${this.#toggled}>
      <summary>${icon('chevron-right', 'xs')}${t('modules.traceback')} ${where}</summary>
      <div class="code" dir="ltr">
        <header><k-button size="sm" variant="quiet" icon="copy" @click=${this.#copy}>${t('modules.copy')}</k-button></header>
        <pre tabindex="0" role="group" aria-label=${t('modules.traceback')} lang="en">${this.text}</pre>
      </div>
    </details>`;
  }

  /** Its last line says what went wrong. */
  readonly #toggled = (): void => {
    const shown = this.renderRoot.querySelector('pre');
    if (shown) shown.scrollTop = shown.scrollHeight;
  };

  readonly #copy = async (): Promise<void> => {
    const copied = await copyText(this.text);
    toast(t(copied ? 'modules.copied' : 'modules.copied_not'), { tone: copied ? 'ok' : 'bad' });
  };
}

define('m-modules-traceback', ModulesTraceback);
