import { css, html, LitElement, type TemplateResult } from 'lit';

import { t } from '../../core/i18n/index.js';
import { closePanel, openPanel, panel } from '../../core/panel.js';
import { Watch } from '../../core/watch.js';
import { base } from '../../kit/base.styles.js';
import '../../kit/icon-button/index.js';
import { registry } from '../modules/index.js';
import '../part/part.js';

/** A contributed tab says its name by a static `label`. */
interface TabClass {
  label?: string;
}

/** The panel at the right: the tabs that modules contribute to `panel.tab`, one of them open. */
export class ModulonPanel extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-rows: 3.25rem minmax(0, 1fr);
        inline-size: 25.5rem;
        min-block-size: 0;
        background: var(--bg);
        border-inline-start: 1px solid var(--line);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--s1);
        padding-inline: var(--s3);
        border-block-end: 1px solid var(--line);
      }
      .tabs {
        display: flex;
        flex: 1;
        gap: var(--s1);
      }
      .tab {
        block-size: 2rem;
        padding-inline: 0.75rem;
        border-radius: var(--r-md);
        font-size: var(--t-sm);
        font-weight: 500;
        color: var(--text-2);
      }
      .tab:hover {
        background: var(--hover);
      }
      .tab[aria-selected='true'] {
        background: var(--active);
        color: var(--text);
      }
      .body {
        overflow: auto;
        min-block-size: 0;
      }
      @media (max-width: 73.75rem) {
        :host {
          position: fixed;
          inset-block: 0;
          inset-inline-end: 0;
          z-index: 4;
          box-shadow: var(--e3);
        }
      }
      @media (max-width: 47.5rem) {
        :host {
          inset-block-start: auto;
          inset-inline: 0;
          inline-size: auto;
          block-size: 70dvh;
          border-radius: var(--r-xl) var(--r-xl) 0 0;
          overflow: hidden;
        }
      }
    `,
  ];

  readonly #panel = new Watch(this, panel);

  constructor() {
    super();
    new Watch(this, registry.now);
  }

  override render(): TemplateResult {
    const tabs = registry.slot('panel.tab');
    const open = tabs.find((tab) => tab.element === this.#panel.value.tab) ?? tabs[0];
    return html`<header>
        <div class="tabs" role="tablist" aria-label=${t('shell.panel')}>
          ${tabs.map((tab) => this.#tab(tab.element, tab === open))}
        </div>
        <k-icon-button icon="x" label=${t('shell.close_panel')} @click=${closePanel}></k-icon-button>
      </header>
      <div class="body" role="tabpanel">${open ? html`<modulon-part tag=${open.element} .module=${open.module}></modulon-part>` : ''}</div>`;
  }

  #tab(tag: string, selected: boolean): TemplateResult {
    const { label = tag } = (customElements.get(tag) ?? {}) as TabClass;
    return html`<button class="tab" role="tab" aria-selected=${String(selected)} @click=${(): void => { openPanel(tag); }}>${label}</button>`;
  }
}

customElements.define('modulon-panel', ModulonPanel);
