import { html, LitElement, type TemplateResult } from 'lit';

import { announcement } from '../../core/messages.js';
import { Watch } from '../../core/watch.js';
import { base } from '../../kit/base.styles.js';

/** What a screen reader is told: one polite and one assertive region. */
export class ModulonLive extends LitElement {
  static override styles = base;

  readonly #said = new Watch(this, announcement);

  override render(): TemplateResult {
    const { text, assertive } = this.#said.value;
    return html`<div class="sr" role="status">${assertive ? '' : text}</div>
      <div class="sr" role="alert">${assertive ? text : ''}</div>`;
  }
}

customElements.define('modulon-live', ModulonLive);
