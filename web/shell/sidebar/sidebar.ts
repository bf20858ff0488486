import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { t } from '../../core/i18n/index.js';
import { ariaKeys, keyLabel } from '../../core/keys.js';
import { route } from '../../core/router.js';
import { session } from '../../core/session.js';
import { Watch } from '../../core/watch.js';
import '../../kit/avatar/index.js';
import { base } from '../../kit/base.styles.js';
import '../../kit/icon-button/index.js';
import { icon } from '../../kit/icon/index.js';
import '../../kit/kbd/index.js';
import '../../kit/logo/index.js';
import type { PageContribution } from '../../core/page-state.js';
import { paletteOpen, toggleSidebar } from '../commands.js';
import { guard } from '../guard.js';
import { registry } from '../modules/index.js';
import '../slot/slot.js';
import { styles } from './sidebar.styles.js';

const SETTINGS = '/settings';
const PALETTE_KEY = 'Mod+K';

/** The sidebar, or folded the rail: workspace, what to do, where to go, modules' sections, who is signed in. */
export class ModulonSidebar extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean, reflect: true }) folded = false;
  /** The page wants the rail, whatever the person chose. */
  @property({ type: Boolean }) fixed = false;
  @property({ type: Boolean }) drawer = false;

  readonly #route = new Watch(this, route);
  readonly #session = new Watch(this, session);

  constructor() {
    super();
    new Watch(this, registry.now);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'complementary');
    this.setAttribute('aria-label', t('shell.sidebar'));
  }

  override render(): TemplateResult {
    return this.folded ? this.#rail() : this.#whole();
  }

  #whole(): TemplateResult {
    return html`<div class="head">
        <div class="who">${this.#workspace()}</div>
        ${this.#foldButton()}
      </div>
      <div class="actions"><modulon-slot name="sidebar.action" .data=${{ folded: false }}></modulon-slot></div>
      <nav aria-label=${t('shell.main')}>
        <button class="nav" aria-keyshortcuts=${ariaKeys(PALETTE_KEY)} @click=${this.#search}>
          ${icon('search')}<span>${t('shell.search')}</span><k-kbd>${keyLabel(PALETTE_KEY)}</k-kbd>
        </button>
        ${guard.menu('main').map((page) => this.#link(page))}
      </nav>
      <div class="sections"><modulon-slot name="sidebar.section"></modulon-slot></div>
      ${this.#me()}`;
  }

  #workspace(): TemplateResult {
    if (registry.slot('sidebar.workspace').length > 0) {
      return html`<modulon-slot name="sidebar.workspace" .data=${{ folded: false }}></modulon-slot>`;
    }
    return html`<a class="name" href="/"><k-logo></k-logo>Modulon</a>`;
  }

  #foldButton(): TemplateResult {
    if (this.drawer) return html`<k-icon-button icon="x" label=${t('shell.close_menu')} @click=${this.#close}></k-icon-button>`;
    return html`<k-icon-button icon="panel-left" label=${t('shell.collapse')} key-label=${keyLabel('Mod+B')} @click=${toggleSidebar}></k-icon-button>`;
  }

  #link(page: PageContribution): TemplateResult {
    return html`<a class="nav" href=${page.path} aria-current=${this.#current(page.path) ? 'page' : nothing}>
      ${icon(page.icon || 'circle')}<span>${t(page.title)}</span>
    </a>`;
  }

  #me(): TemplateResult {
    const user = this.#session.value?.user;
    const own = guard.menu('settings.you')[0]?.path;
    const content = html`<k-avatar name=${user?.name ?? ''}></k-avatar><span>${user?.name}<small>${user?.email}</small></span>`;
    return html`<div class="me">
      ${own === undefined
        ? html`<div class="account">${content}</div>`
        : html`<a class="account" href=${own} title=${t('shell.account')}>${content}</a>`}
      <modulon-slot name="sidebar.footer"></modulon-slot>
      ${this.#settings()}
    </div>`;
  }

  #settings(): TemplateResult | typeof nothing {
    if (guard.settings.length === 0) return nothing;
    const current = this.#route.value.path.startsWith(SETTINGS);
    return html`<k-icon-button icon="settings" label=${t('shell.settings')} href=${SETTINGS} ?current=${current}></k-icon-button>`;
  }

  #rail(): TemplateResult {
    const unfold = html`<k-icon-button icon="panel-left" label=${t('shell.expand')} @click=${toggleSidebar}></k-icon-button>`;
    const user = this.#session.value?.user;
    return html`<a class="logo" href="/" aria-label="Modulon"><k-logo></k-logo></a>
      ${this.fixed ? nothing : unfold}
      <modulon-slot name="sidebar.action" .data=${{ folded: true }}></modulon-slot>
      <nav aria-label=${t('shell.main')}>
        <k-icon-button icon="search" label=${t('shell.search')} key-label=${keyLabel(PALETTE_KEY)} @click=${this.#search}></k-icon-button>
        ${guard
          .menu('main')
          .map(
            (page) =>
              html`<k-icon-button icon=${page.icon || 'circle'} label=${t(page.title)} href=${page.path} ?current=${this.#current(page.path)}></k-icon-button>`,
          )}
      </nav>
      <span class="space"></span>
      ${this.#settings()}
      <k-avatar name=${user?.name ?? ''} title=${user?.name ?? ''}></k-avatar>`;
  }

  #current(path: string): boolean {
    const here = this.#route.value.path;
    return here === path || (path !== '/' && here.startsWith(`${path}/`));
  }

  readonly #search = (): void => {
    this.#close();
    paletteOpen.set(true);
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

customElements.define('modulon-sidebar', ModulonSidebar);
