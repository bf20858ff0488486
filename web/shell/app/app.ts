import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { t } from '../../core/i18n/index.js';
import { toast } from '../../core/messages.js';
import { panel } from '../../core/panel.js';
import { route } from '../../core/router.js';
import { session } from '../../core/session.js';
import { Watch } from '../../core/watch.js';
import { base } from '../../kit/base.styles.js';
import '../banners/banners.js';
import { folded, paletteOpen } from '../commands.js';
import { guard } from '../guard.js';
import '../live/live.js';
import '../outlet/outlet.js';
import { holdKeys, takeKeys } from '../palette/type-ahead.js';
import '../panel/panel.js';
import '../question/question.js';
import '../sidebar/sidebar.js';
import '../toasts/toasts.js';
import { styles } from './app.styles.js';
import { Start } from './start.js';

/** The whole page: skip link, banners, sidebar, the page at this address, panel, and what lies over them. */
export class ModulonApp extends LitElement {
  static override styles = [base, styles];

  @state() private drawer = false;
  @query('#content') private readonly content!: HTMLElement | null;

  readonly #shown = new Watch(this, guard.shown);
  readonly #session = new Watch(this, session);
  readonly #folded = new Watch(this, folded);
  readonly #panel = new Watch(this, panel);
  readonly #palette = new Watch(this, paletteOpen, (open) => {
    if (!open || customElements.get('modulon-palette')) return;
    holdKeys();
    void import('../palette/palette.js').catch(() => {
      takeKeys();
      paletteOpen.set(false);
      toast(t('shell.errors.unexpected'), { tone: 'bad' });
    });
  });
  readonly #start = new Start(this);

  constructor() {
    super();
    // Leaving for another page closes the drawer.
    new Watch(this, route, () => {
      this.drawer = false;
    });
  }

  override render(): TemplateResult {
    const page = this.#shown.value?.page;
    const bare = page?.public === true || !this.#session.value;
    return html`<nav aria-label=${t('shell.skip_links')}><a class="skip" href="#content" @click=${this.#skip}>${t('shell.skip')}</a></nav>
      <modulon-banners .unreachable=${this.#start.failed} .signIn=${bare} @retry=${this.#start.retry}></modulon-banners>
      ${bare ? this.#bare() : this.#framed(page?.nav.startsWith('settings.') === true)}
      ${this.#palette.value ? html`<modulon-palette></modulon-palette>` : nothing}
      <modulon-question></modulon-question>
      <modulon-toasts></modulon-toasts>
      <modulon-live></modulon-live>`;
  }

  #bare(): TemplateResult {
    const known = this.#shown.value?.page.public === true;
    return html`<main class="bare" id="content" tabindex="-1" data-region>${known ? html`<modulon-outlet></modulon-outlet>` : nothing}</main>`;
  }

  #framed(rail: boolean): TemplateResult {
    const folded = rail || this.#folded.value;
    return html`<div class="frame ${folded ? 'rail' : ''} ${this.drawer ? 'drawer' : ''}" @k-open-menu=${this.#openDrawer} @keydown=${this.#pressed}>
      <modulon-sidebar class="side" data-region tabindex="-1" .folded=${folded && !this.drawer} .fixed=${rail} .drawer=${this.drawer} @k-close=${this.#closeDrawer}></modulon-sidebar>
      ${this.drawer ? html`<button class="veil" aria-label=${t('shell.close_menu')} @click=${this.#closeDrawer}></button>` : nothing}
      <main id="content" tabindex="-1" data-region aria-label=${t('shell.content')}><modulon-outlet ?inert=${this.drawer}></modulon-outlet></main>
      ${this.#panel.value.open ? html`<modulon-panel data-region tabindex="-1"></modulon-panel>` : nothing}
    </div>`;
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('drawer' as never)) return;
    if (this.drawer) this.renderRoot.querySelector<HTMLElement>('modulon-sidebar')?.focus();
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.content?.focus();
  };

  readonly #openDrawer = (): void => {
    this.drawer = true;
  };

  readonly #closeDrawer = (): void => {
    if (!this.drawer) return;
    this.drawer = false;
    this.content?.focus();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#closeDrawer();
  };
}
