import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';

import { base } from '../base.styles.js';
import { styles } from './popover.styles.js';

export type Placement = 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'right';

interface Trigger extends HTMLElement {
  expanded?: boolean | undefined;
  haspopup?: string | undefined;
}

/**
 * `<k-popover label="Choose a model"><k-button slot="trigger">…</k-button>…</k-popover>`: something that opens beside
 * its trigger and closes by Escape or a click elsewhere; the focus goes back to the trigger. Fires `k-open`, `k-close`.
 */
export class KPopover extends LitElement {
  static override styles = [base, styles];

  @property() label = '';
  @property({ reflect: true }) placement: Placement = 'bottom-start';
  @property({ type: Boolean, reflect: true }) open = false;
  /** What the trigger tells that it opens. */
  protected readonly kind: 'menu' | 'dialog' = 'dialog';

  @query('.pop') protected readonly pop!: HTMLElement;
  @query('slot[name=trigger]') private readonly slotted!: HTMLSlotElement;

  override render(): TemplateResult {
    return html`<span class="trigger"><slot name="trigger" @click=${this.#toggle} @slotchange=${this.#mark}></slot></span>
      <div class="pop" popover="auto" role=${this.role_} tabindex="-1" aria-label=${ifDefined(this.label || undefined)} @toggle=${this.#toggled} @keydown=${this.pressed}>
        ${this.content()}
      </div>`;
  }

  protected get role_(): string {
    return 'dialog';
  }

  protected content(): TemplateResult {
    return html`<slot></slot>`;
  }

  /** A key pressed inside; for what extends this. */
  protected pressed(_event: KeyboardEvent): void {
    // Escape is the popover's own.
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    this.pop.togglePopover(this.open);
    this.#mark();
    this.#tell();
  }

  show(): void {
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }

  protected get trigger(): Trigger | undefined {
    return this.slotted.assignedElements()[0] as Trigger | undefined;
  }

  #wasOpen = false;

  readonly #toggle = (): void => {
    // The press that brought us here may have closed it already: then it stays closed.
    const closing = this.open || performance.now() - this.#closedAt < 200;
    this.open = !closing;
  };

  #closedAt = -Infinity;

  readonly #mark = (): void => {
    const { trigger } = this;
    if (!trigger) return;
    trigger.haspopup = this.kind;
    trigger.expanded = this.open;
  };

  /** The browser closed it, by Escape or a click elsewhere; this event comes late, after keys that follow at once. */
  readonly #toggled = (event: ToggleEvent): void => {
    this.open = event.newState === 'open';
    this.#tell();
  };

  #tell(): void {
    if (this.open === this.#wasOpen) return;
    this.#wasOpen = this.open;
    if (this.open) this.opened();
    else this.#closedAt = performance.now();
    this.dispatchEvent(new CustomEvent(this.open ? 'k-open' : 'k-close'));
  }

  /** Puts the focus inside. */
  protected opened(): void {
    const first = this.querySelector<HTMLElement>('[autofocus]');
    (first ?? this.pop).focus();
  }
}
