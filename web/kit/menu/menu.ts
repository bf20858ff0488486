import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { icon } from '../icon/svg.js';
import '../look-alikes/index.js';
import { KPopover } from '../popover/popover.js';
import { styles } from './menu.styles.js';

export interface MenuItem {
  id: string;
  label: string;
  icon?: string;
  /** A shortcut or another short note at the end. */
  note?: string;
  danger?: boolean;
  disabled?: boolean;
  /** For a choice: whether it is the chosen one. */
  checked?: boolean;
  run: () => unknown;
}

/** A line between items, or a heading over them. */
export type MenuEntry = MenuItem | '-' | { heading: string };

function isItem(entry: MenuEntry): entry is MenuItem {
  return typeof entry === 'object' && 'run' in entry;
}

/**
 * `<k-menu .items=${[…]}><k-icon-button slot="trigger" …></k-menu>`: a menu of actions or choices. Arrow keys, Home,
 * End and letters move; Enter runs; Tab and Escape leave.
 */
export class KMenu extends KPopover {
  static override styles = [KPopover.styles, styles].flat();

  @property({ attribute: false }) items: readonly MenuEntry[] = [];
  protected override readonly kind = 'menu';

  protected override get role_(): string {
    return 'menu';
  }

  protected override content(): TemplateResult {
    const choice = this.items.some((entry) => isItem(entry) && entry.checked !== undefined);
    return html`<div class="items" role="presentation">${this.items.map((entry) => this.#entry(entry, choice))}</div>`;
  }

  #entry(entry: MenuEntry, choice: boolean): TemplateResult {
    if (entry === '-') return html`<hr />`;
    if (!isItem(entry)) return html`<div class="head" role="presentation">${entry.heading}</div>`;
    const checkable = entry.checked !== undefined;
    const mark = entry.checked === true ? html`<span class="check place">${icon('check', 's')}</span>` : html`<span class="place"></span>`;
    // An icon stands where the check of a choice would.
    const marked = choice && (checkable || !entry.icon);
    return html`<button
      class="item ${entry.danger ? 'danger' : ''}"
      role=${checkable ? 'menuitemradio' : 'menuitem'}
      tabindex="-1"
      aria-checked=${checkable ? String(entry.checked) : nothing}
      aria-disabled=${entry.disabled ? 'true' : nothing}
      @click=${(): void => {
        this.#run(entry);
      }}
    >
      ${marked ? mark : nothing}${entry.icon ? icon(entry.icon, 's') : nothing}<span>${entry.label}</span><k-look-alikes name=${entry.label}></k-look-alikes>
      ${entry.note ? html`<small>${entry.note}</small>` : nothing}
    </button>`;
  }

  #run(item: MenuItem): void {
    if (item.disabled) return;
    this.hide();
    this.trigger?.focus();
    item.run();
  }

  get #buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
  }

  protected override opened(): void {
    const buttons = this.#buttons;
    (buttons.find((button) => button.ariaChecked === 'true') ?? buttons[0])?.focus();
  }

  protected override pressed(event: KeyboardEvent): void {
    const buttons = this.#buttons;
    const at = buttons.indexOf(event.composedPath()[0] as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      buttons.at(step % buttons.length)?.focus();
    } else if (event.key === 'Tab') this.hide();
    else if (/^\S$/u.test(event.key) && !event.ctrlKey && !event.metaKey) this.#typed(event.key, at);
  }

  #typed(letter: string, at: number): void {
    const buttons = this.#buttons;
    const order = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
    order.find((button) => button.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
  }
}
