import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import '../icon-button/index.js';
import { words } from '../words/index.js';
import { styles } from './dialog.styles.js';

/**
 * `<k-dialog heading="Add a provider" .open=${…} @k-close=${…}>`: a modal dialog; slot `footer` for its buttons. Escape,
 * the cross and a click outside ask to close by `k-close` (can be prevented). The focus starts on `[autofocus]`.
 */
export class KDialog extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean, reflect: true }) open = false;
  @property() heading = '';
  /** A sentence under the heading. */
  @property() text = '';
  /** No cross, for a question with its own buttons. */
  @property({ type: Boolean, reflect: true }) bare = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby=${this.text ? 'text' : nothing} @cancel=${this.#cancelled} @pointerdown=${this.#pressed}>
      ${this.open ? this.#content() : nothing}
    </dialog>`;
  }

  #content(): TemplateResult {
    return html`<header>
        <div>
          <h2 id="heading">${this.heading}</h2>
          ${this.text ? html`<p class="text" id="text">${this.text}</p>` : nothing}
        </div>
        ${this.bare ? nothing : html`<k-icon-button icon="x" label=${words.close} @click=${this.#ask}></k-icon-button>`}
      </header>
      <div class="body"><slot></slot></div>
      <footer><slot name="footer"></slot></footer>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    if (this.open && !this.dialog.open) {
      this.dialog.showModal();
      this.querySelector<HTMLElement>('[autofocus]')?.focus();
    } else if (!this.open && this.dialog.open) this.dialog.close();
  }

  readonly #ask = (): void => {
    const event = new CustomEvent('k-close', { cancelable: true });
    if (this.dispatchEvent(event)) this.open = false;
  };

  readonly #cancelled = (event: Event): void => {
    if (event.target !== this.dialog) return;
    event.preventDefault();
    this.#ask();
  };

  readonly #pressed = (event: PointerEvent): void => {
    if (event.composedPath()[0] !== this.dialog) return;
    const box = this.dialog.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) this.#ask();
  };
}
