import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

const COLOURS = 6;

/** The first letters of a name, at most two. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => Array.from(word ?? '')[0] ?? '').join('').toUpperCase();
}

/** A colour of the six categories that is always the same for a name. */
export function colourOf(name: string): string {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return `var(--c${String((sum % COLOURS) + 1)})`;
}

/** `<k-avatar name="Local user">`: initials in a circle, or with `square` two letters of a thing in its own colour. */
export class KAvatar extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      flex: none;
      inline-size: 1.75rem;
      block-size: 1.75rem;
      border-radius: 50%;
      font-size: 0.6875rem;
      font-weight: 600;
      background: var(--accent-soft);
      color: var(--accent-text);
      user-select: none;
    }
    :host([square]) {
      inline-size: 2rem;
      block-size: 2rem;
      border-radius: var(--r-sm);
      font-size: var(--t-xs);
      background: color-mix(in oklch, var(--k-colour) 14%, transparent);
      color: color-mix(in oklab, var(--k-colour) 55%, var(--text));
    }
    :host([off]) {
      --k-colour: var(--text-3) !important;
    }
  `;

  @property() name = '';
  @property({ type: Boolean, reflect: true }) square = false;
  /** Without colour, for what is switched off. */
  @property({ type: Boolean, reflect: true }) off = false;

  override willUpdate(): void {
    this.style.setProperty('--k-colour', colourOf(this.name));
  }

  override render(): TemplateResult {
    const text = this.square ? this.name.slice(0, 2) : initials(this.name);
    return html`<span aria-hidden="true">${text}</span>`;
  }
}
