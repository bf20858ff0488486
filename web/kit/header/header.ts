import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import '../icon-button/index.js';
import { words } from '../words/index.js';
import { styles } from './header.styles.js';

/**
 * `<k-header heading="Providers" crumb="Settings" crumb-href="/settings">`: the 52 pixel bar over a page with its only
 * `h1`. Slots: `title` (in place of the heading), default (chips beside it), `actions`. On narrow screens it has a
 * button that fires `k-open-menu`, which the shell answers.
 */
export class KHeader extends LitElement {
  static override styles = [base, styles];

  @property() heading = '';
  @property() sub = '';
  @property() crumb = '';
  @property({ attribute: 'crumb-href' }) crumbHref = '';
  /** With a line under it. */
  @property({ type: Boolean, reflect: true }) lined = false;

  override render(): TemplateResult {
    return html`<header>
      <k-icon-button class="menu" icon="menu" label=${words.menu} @click=${this.#openMenu}></k-icon-button>
      ${this.crumb ? html`<a class="crumb" href=${this.crumbHref}>${this.crumb}</a><span class="crumb" aria-hidden="true">/</span>` : nothing}
      <slot name="title"><h1 title=${this.heading}>${this.heading}</h1></slot>
      <slot></slot>
      ${this.sub ? html`<span class="sub">${this.sub}</span>` : nothing}
      <span class="space"></span>
      <slot name="actions"></slot>
    </header>`;
  }

  #openMenu(): void {
    this.dispatchEvent(new CustomEvent('k-open-menu', { bubbles: true, composed: true }));
  }
}
