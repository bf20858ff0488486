import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { define, t } from '@modulon/sdk';
import { base } from '@modulon/kit/styles';

import type { HelpPageItem } from '../../api.js';
import { helpPath } from '../../paths.js';

/** Folders whose pages are few and for everybody: they are open, the others unfold. */
const OPEN: ReadonlySet<string> = new Set(['guide', 'operate']);

/** `m-guide-contents`: every page of the documentation, in groups. */
export class GuideContents extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--s4);
        align-content: start;
      }
      h2,
      summary {
        padding: 0.25rem var(--s3);
        font-size: var(--t-xs);
        font-weight: 550;
        color: var(--text-3);
      }
      summary {
        cursor: pointer;
        border-radius: var(--r-sm);
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      a {
        display: block;
        padding: 0.375rem var(--s3);
        border-radius: var(--r-md);
        color: var(--text-2);
        font-size: var(--t-md);
        text-decoration: none;
      }
      a:hover {
        background: var(--hover);
        color: var(--text);
      }
      a[aria-current] {
        background: var(--surface);
        color: var(--text);
        font-weight: 550;
        box-shadow: inset 0 0 0 1px var(--line);
      }
      @media (pointer: coarse) {
        a {
          padding-block: 0.75rem;
        }
        summary {
          padding-block: 0.875rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) pages: readonly HelpPageItem[] = [];
  /** Id of the page that is shown, '' for none. */
  @property() current = '';

  protected override render(): TemplateResult {
    const groups = [...new Set(this.pages.map(({ group }) => group))];
    return html`${groups.map((group) => this.#group(group))}`;
  }

  #group(group: HelpPageItem['group']): TemplateResult {
    const pages = this.pages.filter((page) => page.group === group);
    const name = t(`guide.groups.${group}`);
    const list = html`<ul>
      ${pages.map(({ id, title }) => html`<li><a href=${helpPath(id)} aria-current=${id === this.current ? 'page' : nothing}>${title}</a></li>`)}
    </ul>`;
    if (OPEN.has(group)) return html`<section><h2>${name}</h2>${list}</section>`;
    return html`<details ?open=${pages.some(({ id }) => id === this.current)}><summary>${name}</summary>${list}</details>`;
  }
}

define('m-guide-contents', GuideContents);
