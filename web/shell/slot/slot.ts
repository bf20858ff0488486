import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { Watch } from '../../core/watch.js';
import { registry } from '../modules/index.js';
import '../part/part.js';

/**
 * `<modulon-slot name="composer.tool" .data=${{ conversation }}>`: what modules contribute to the slot, in order. It
 * takes no room of its own; each element gets `data` as its properties. Modules may offer slots of their own with it.
 */
export class ModulonSlot extends LitElement {
  @property() name = '';
  @property({ attribute: false }) data: Record<string, unknown> = {};

  constructor() {
    super();
    new Watch(this, registry.now);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.display = 'contents';
  }

  override render(): TemplateResult {
    return html`${repeat(
      registry.slot(this.name),
      (one) => one.element,
      (one) => html`<modulon-part tag=${one.element} .module=${one.module} .data=${this.data}></modulon-part>`,
    )}`;
  }

  // In the page's own tree, so that its layout holds the contributed elements directly.
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

customElements.define('modulon-slot', ModulonSlot);
