import { css, html, LitElement, type TemplateResult } from 'lit';

/** `<k-kbd>Ctrl K</k-kbd>`: a key. */
export class KKbd extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
      direction: ltr;
      unicode-bidi: isolate;
      font: 500 0.6875rem/1 var(--font);
      color: var(--text-3);
      padding: 0.2rem 0.36rem;
      border-radius: 5px;
      box-shadow: inset 0 0 0 1px var(--line);
      background: var(--surface);
      white-space: nowrap;
    }
    kbd {
      font: inherit;
    }
    :host([on]) {
      background: none;
      color: inherit;
      box-shadow: inset 0 0 0 1px color-mix(in oklab, currentColor 45%, transparent);
    }
    @media (pointer: coarse) {
      :host {
        display: none; /* no keyboard, no hint */
      }
    }
  `;

  override render(): TemplateResult {
    return html`<kbd><slot></slot></kbd>`;
  }
}
