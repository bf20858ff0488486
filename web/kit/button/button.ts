import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';

import { base } from '../base.styles.js';
import { Focusable } from '../focusable.js';
import { icon } from '../icon/svg.js';
import { styles } from './button.styles.js';

export type ButtonVariant = 'plain' | 'quiet' | 'link' | 'line' | 'primary' | 'danger';

/**
 * `<k-button variant="primary" icon="plus">Add</k-button>`: a button, or with `href` a link that looks like one.
 * While `loading` it keeps its focus and does nothing. One `primary` per decision.
 */
export class KButton extends Focusable {
  static override styles = [base, styles];
  static readonly formAssociated = true;

  @property() variant: ButtonVariant = 'plain';
  @property() size: 'sm' | 'md' | 'lg' = 'md';
  @property() type: 'button' | 'submit' | 'reset' = 'button';
  @property() icon = '';
  /** An icon behind the words: a chevron for something that opens. */
  @property({ attribute: 'icon-end' }) iconEnd = '';
  @property() href: string | undefined;
  /** What a screen reader says, if the words shown are not enough. */
  @property() label: string | undefined;
  @property({ type: Boolean, reflect: true }) disabled = false;
  @property({ type: Boolean, reflect: true }) loading = false;
  /** Fills the line. */
  @property({ type: Boolean, reflect: true }) wide = false;
  /** For a button that stays down: true or false; nothing for one that does not. */
  @property({ type: Boolean, reflect: true }) pressed: boolean | undefined;
  @property({ attribute: false }) expanded: boolean | undefined;
  @property() haspopup: 'menu' | 'dialog' | 'listbox' | undefined;
  @property({ attribute: 'keys' }) keys: string | undefined;

  readonly #internals = this.attachInternals();

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  override render(): TemplateResult {
    const className = `btn ${this.variant} ${this.size}`;
    if (this.href !== undefined && !this.disabled) {
      return html`<a class=${className} href=${this.href} aria-label=${ifDefined(this.label)}>${this.#content()}</a>`;
    }
    const off = this.disabled || this.loading;
    return html`<button
      class=${className}
      type="button"
      aria-label=${ifDefined(this.label)}
      aria-disabled=${off ? 'true' : nothing}
      aria-busy=${this.loading ? 'true' : nothing}
      aria-pressed=${ifDefined(this.pressed)}
      aria-expanded=${ifDefined(this.expanded)}
      aria-haspopup=${ifDefined(this.haspopup)}
      aria-keyshortcuts=${ifDefined(this.keys)}
      @click=${this.#clicked}
    >
      ${this.#content()}
    </button>`;
  }

  #content(): TemplateResult {
    const size = this.size === 'sm' ? 'xs' : 's';
    const before = this.loading ? html`<span class="turn" style="display:grid">${icon('loader-circle', size)}</span>` : nothing;
    return html`${before}${this.icon && !this.loading ? icon(this.icon, size) : nothing}<slot name="start"></slot><slot></slot
      ><slot name="end"></slot>${this.iconEnd ? icon(this.iconEnd, 'xs') : nothing}`;
  }

  readonly #clicked = (event: Event): void => {
    if (this.disabled || this.loading) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (this.type === 'submit') this.form?.requestSubmit();
    else if (this.type === 'reset') this.form?.reset();
  };
}
