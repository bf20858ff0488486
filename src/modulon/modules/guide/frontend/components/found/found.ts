import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { define, t } from '@modulon/sdk';
import '@modulon/kit/empty-state';
import { base } from '@modulon/kit/styles';

import type { HelpHit } from '../../api.js';
import { helpPath } from '../../paths.js';

/** `m-guide-found`: the passages a search found, each with where it stands and words of it. */
export class GuideFound extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      p[role='status'] {
        margin-block-end: var(--s3);
        color: var(--text-3);
        font-size: var(--t-sm);
      }
      ul {
        display: grid;
        gap: var(--s1);
        list-style: none;
        margin: 0 calc(-1 * var(--s3));
        padding: 0;
      }
      a {
        display: grid;
        gap: 0.125rem;
        padding: var(--s3);
        border-radius: var(--r-md);
        color: var(--text);
        text-decoration: none;
      }
      a:hover {
        background: var(--hover);
      }
      b {
        font-weight: 600;
      }
      small {
        color: var(--text-3);
        font-size: var(--t-xs);
      }
      span {
        color: var(--text-2);
        font-size: var(--t-md);
        line-height: 1.5;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) hits: readonly HelpHit[] = [];
  @property() query = '';

  protected override render(): TemplateResult {
    if (this.hits.length === 0) {
      return html`<k-empty-state role="status" icon="search" heading=${t('guide.none', { query: this.query })} text=${t('guide.none_text')}></k-empty-state>`;
    }
    return html`<p role="status">${t('guide.found', { n: this.hits.length })}</p>
      <ul>${this.hits.map((hit) => this.#hit(hit))}</ul>`;
  }

  #hit({ page, anchor, title, trail, snippet }: HelpHit): TemplateResult {
    return html`<li>
      <a href=${helpPath(page, anchor)}>
        <small dir="auto">${trail.join(' › ')}</small><b dir="auto">${title}</b><span dir="auto">${snippet}</span>
      </a>
    </li>`;
  }
}

define('m-guide-found', GuideFound);
