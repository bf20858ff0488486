import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';
import { words } from '../words/index.js';
import { hasLookAlikes } from './letters.js';

/** What is to be said of *name* where an element around the mark has a label of its own; '' if nothing is. */
export function lookAlikesText(name: string): string {
  return hasLookAlikes(name) ? words.lookAlikes : '';
}

/** `<k-look-alikes name="gpt-4о">`: stands behind a name, and warns if it may be taken for another one; else nothing. */
export class KLookAlikes extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: contents;
      }
      span {
        display: inline-flex;
        flex: none;
        vertical-align: -0.125em;
        margin-inline-start: 0.25rem;
        color: var(--warn);
      }
    `,
  ];

  /** The name, or all names of one thing, apart by spaces. */
  @property() name = '';

  override render(): TemplateResult | typeof nothing {
    const text = lookAlikesText(this.name);
    return text === '' ? nothing : html`<span role="img" aria-label=${text} title=${text}>${icon('triangle-alert', 'xs')}</span>`;
  }
}
