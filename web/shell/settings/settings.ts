import { css, html, LitElement, nothing, type TemplateResult } from 'lit';

import { t } from '../../core/i18n/index.js';
import { route } from '../../core/router.js';
import { session } from '../../core/session.js';
import { Watch } from '../../core/watch.js';
import { base } from '../../kit/base.styles.js';
import { icon } from '../../kit/icon/index.js';
import { guard } from '../guard.js';
import { registry } from '../modules/index.js';

const GROUPS = ['you', 'workspace', 'server'];

/** The frame of the settings: a list of their pages beside the one that is open. */
export class ModulonSettings extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: 13.5rem minmax(0, 1fr);
        grid-template-rows: minmax(0, 1fr);
        min-block-size: 0;
        position: relative;
        --k-header-outdent: 13.5rem;
      }
      nav {
        display: flex;
        flex-direction: column;
        gap: 1px;
        overflow: auto;
        padding-block: calc(3.25rem + var(--s4)) var(--s5);
        padding-inline: var(--s3) var(--s2);
      }
      h2 {
        font-size: var(--t-xs);
        font-weight: 550;
        color: var(--text-3);
        padding: var(--s5) 0.625rem 0.375rem;
      }
      h2:first-child {
        padding-block-start: 0;
      }
      a {
        display: flex;
        align-items: center;
        gap: 0.625rem;
        min-block-size: var(--row);
        padding-inline: 0.625rem;
        border-radius: var(--r-md);
        text-decoration: none;
        white-space: nowrap;
        color: var(--text-2);
      }
      a:hover {
        background: var(--hover);
      }
      a[aria-current] {
        background: var(--active);
        color: var(--text);
        font-weight: 550;
      }
      .page {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: minmax(0, 1fr);
        min-inline-size: 0;
        min-block-size: 0;
      }
      @media (max-width: 60rem) {
        :host {
          grid-template-columns: minmax(0, 1fr);
          --k-header-outdent: 0px;
          --k-header-gap: calc(var(--row) + 1rem);
        }
        nav {
          position: absolute;
          z-index: 1;
          inset-block-start: 3.25rem;
          inset-inline: 0;
          flex-direction: row;
          padding: var(--s2) var(--s3);
          border-block-end: 1px solid var(--line);
        }
        h2 {
          display: none;
        }
      }
    `,
  ];

  readonly #route = new Watch(this, route);
  readonly #session = new Watch(this, session);

  constructor() {
    super();
    new Watch(this, registry.now);
  }

  /** In a narrow window the list is a line that scrolls. */
  override updated(): void {
    this.renderRoot.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  override render(): TemplateResult {
    return html`<nav aria-label=${t('shell.settings')}>${GROUPS.map((group) => this.#group(group))}</nav>
      <div class="page"><slot></slot></div>`;
  }

  #group(group: string): TemplateResult | typeof nothing {
    const pages = guard.menu(`settings.${group}`);
    if (pages.length === 0 || !this.#session.value) return nothing;
    const links = pages.map(
      (page) =>
        html`<a href=${page.path} aria-current=${this.#current(page.path)}>
          ${icon(page.icon || 'circle', 's')}<span>${t(page.title)}</span>
        </a>`,
    );
    return html`<h2>${t(`shell.nav.${group}`)}</h2>${links}`;
  }

  /** A page below one of the menu belongs to it. */
  #current(path: string): 'page' | 'true' | typeof nothing {
    const here = this.#route.value.path;
    if (here === path) return 'page';
    return here.startsWith(`${path}/`) ? 'true' : nothing;
  }
}

customElements.define('modulon-settings', ModulonSettings);
