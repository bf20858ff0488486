import { css, html, LitElement, type TemplateResult } from 'lit';

import { t } from '../../core/i18n/index.js';
import { route } from '../../core/router.js';
import { setPageTitle } from '../../core/title.js';
import { Watch } from '../../core/watch.js';
import '../../kit/button/index.js';
import '../../kit/empty-state/index.js';
import '../../kit/header/index.js';
import { guard, type Shown } from '../guard.js';
import '../part/part.js';
import '../settings/settings.js';
import '../slot/slot.js';

/** The page at this address, within the settings' frame if it belongs there. */
export class ModulonOutlet extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  readonly #shown = new Watch(this, guard.shown);
  readonly #route = new Watch(this, route);
  #titled = '';

  override willUpdate(): void {
    // A page may give itself a better title later: only a change of page resets it.
    const page = this.#shown.value?.page;
    const key = page ? `${page.path} ${this.#route.value.path}` : '';
    if (key === this.#titled) return;
    this.#titled = key;
    setPageTitle(page ? t(page.title) : '');
  }

  override render(): TemplateResult {
    const shown = this.#shown.value;
    if (!shown) return this.#missing();
    const part = this.#part(shown);
    return shown.page.nav.startsWith('settings.') ? html`<modulon-settings>${part}</modulon-settings>` : part;
  }

  #part({ page, params }: Shown): TemplateResult {
    return html`<modulon-part page tag=${page.element} .module=${page.module} .data=${{ params }}></modulon-part>`;
  }

  #missing(): TemplateResult {
    const { path } = this.#route.value;
    const home = path === '/';
    const off = guard.wasPage(path);
    const text = t(off ? 'shell.page.switched_off' : home ? 'shell.page.empty' : 'shell.page.missing');
    return html`<div>
      <k-header heading=${t('shell.page.title')}></k-header>
      <k-empty-state icon=${off ? 'blocks' : 'compass'} heading=${text} text=${off ? t('shell.page.switched_off_text') : ''}>
        ${home ? '' : html`<k-button variant="line" href="/">${t('shell.page.home')}</k-button>`}
      </k-empty-state>
    </div>`;
  }
}

customElements.define('modulon-outlet', ModulonOutlet);
