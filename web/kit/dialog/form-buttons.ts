import { html, type TemplateResult } from 'lit';

import '../button/index.js';

/** The buttons below the form in a `k-dialog`: one asks to close it, as Escape does, the other sends the form. */
export function formButtons(words: { cancel: string; submit: string }, busy: boolean): TemplateResult {
  return html`<k-button slot="footer" variant="quiet" @click=${leave}>${words.cancel}</k-button>
    <k-button slot="footer" variant="primary" ?loading=${busy} @click=${send}>${words.submit}</k-button>`;
}

function leave(event: Event): void {
  dialogOf(event)?.dispatchEvent(new CustomEvent('k-close', { cancelable: true }));
}

function send(event: Event): void {
  dialogOf(event)?.querySelector('form')?.requestSubmit();
}

function dialogOf(event: Event): Element | null {
  return (event.currentTarget as HTMLElement).closest('k-dialog');
}
