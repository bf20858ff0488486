import { LitElement, css, html, nothing, type TemplateResult } from 'lit';

import { Watch, define, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/progress';
import { base } from '@modulon/kit/styles';

import { progress } from '../../state/portable.js';

/** `m-chat-progress`: how far writing to a file or reading from one has come; can be stopped. */
export class ChatProgress extends LitElement {
  static override styles = [
    base,
    css`
      p {
        padding-block-start: var(--s2);
        color: var(--text-2);
        font-size: var(--t-sm);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  readonly #progress = new Watch(this, progress);

  protected override render(): TemplateResult | typeof nothing {
    const now = this.#progress.value;
    if (now === null) return nothing;
    const { kind, done, total, stop } = now;
    const label = t(`chat.portable.${kind}`);
    return html`<k-dialog bare open heading=${label} @k-close=${(event: Event) => { event.preventDefault(); stop(); }}>
      <k-progress label=${label} .value=${done / total}></k-progress>
      <p role="status">${t('chat.portable.progress', { done, total })}</p>
      <k-button slot="footer" variant="line" autofocus @click=${stop}>${t('chat.portable.stop')}</k-button>
    </k-dialog>`;
  }
}

define('m-chat-progress', ChatProgress);
