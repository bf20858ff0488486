import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';

import { base } from '../base.styles.js';
import { Focusable } from '../focusable.js';
import { icon } from '../icon/svg.js';
import '../tooltip/index.js';
import { styles } from './icon-button.styles.js';

/** `<k-icon-button icon="copy" label="Copy">`: an icon that does something; `label` is spoken and shown on hover. */
export class KIconButton extends Focusable {
  static override styles = [base, styles];

  @property() icon = '';
  @property() label = '';
  @property() href: string | undefined;
  @property({ reflect: true }) size: 'sm' | 'md' = 'md';
  @property({ reflect: true }) variant: 'plain' | 'primary' = 'plain';
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** For a button that stays down: true or false; nothing for one that does not. */
  @property({ type: Boolean, reflect: true }) pressed: boolean | undefined;
  /** For a link: it leads to the page that is shown. */
  @property({ type: Boolean, reflect: true }) current = false;
  @property({ attribute: false }) expanded: boolean | undefined;
  @property() haspopup: 'menu' | 'dialog' | 'listbox' | undefined;
  /** A shortcut as it is shown in the tooltip. */
  @property({ attribute: 'key-label' }) keyLabel = '';

  override render(): TemplateResult {
    const glyph = icon(this.icon, this.size === 'sm' ? 's' : 'm');
    return html`<k-tooltip .text=${this.label} .keys=${this.keyLabel}>${this.href === undefined ? this.#button(glyph) : this.#link(glyph)}</k-tooltip>`;
  }

  #link(glyph: TemplateResult): TemplateResult {
    return html`<a class="ib" href=${ifDefined(this.href)} aria-label=${this.label} aria-current=${this.current ? 'page' : nothing}>${glyph}</a>`;
  }

  #button(glyph: TemplateResult): TemplateResult {
    return html`<button
      class="ib"
      type="button"
      aria-label=${this.label}
      aria-disabled=${this.disabled ? 'true' : nothing}
      aria-pressed=${ifDefined(this.pressed)}
      aria-expanded=${ifDefined(this.expanded)}
      aria-haspopup=${ifDefined(this.haspopup)}
      @click=${this.#clicked}
    >
      ${glyph}
    </button>`;
  }

  readonly #clicked = (event: Event): void => {
    if (this.disabled) event.stopImmediatePropagation();
  };
}
