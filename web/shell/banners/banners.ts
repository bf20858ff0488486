import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { pageState } from '../../core/boot.js';
import { t } from '../../core/i18n/index.js';
import { online } from '../../core/online.js';
import { storage } from '../../core/storage.js';
import { Watch } from '../../core/watch.js';
import '../../kit/banner/index.js';
import '../../kit/button/index.js';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What concerns the whole page: no network, no server, no encryption. */
export class ModulonBanners extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  @property({ type: Boolean }) unreachable = false;
  /** On the pages before signing in the warning cannot be put away. */
  @property({ type: Boolean, attribute: 'sign-in' }) signIn = false;
  @state() private away = storage.get('plain-seen') === 'yes';

  readonly #online = new Watch(this, online);

  override render(): TemplateResult {
    return html`${this.#online.value ? nothing : html`<k-banner edge icon="wifi-off" role="status">${t('shell.banners.offline')}</k-banner>`}
    ${this.unreachable ? this.#noServer() : nothing} ${this.#plain()}`;
  }

  #noServer(): TemplateResult {
    const retry = (): void => {
      this.dispatchEvent(new CustomEvent('retry'));
    };
    return html`<k-banner edge tone="bad" role="alert">
      ${t('shell.banners.unreachable')}
      <k-button slot="action" size="sm" variant="line" @click=${retry}>${t('shell.banners.retry')}</k-button>
    </k-banner>`;
  }

  /** Nobody else listens on this machine itself. */
  #plain(): TemplateResult | typeof nothing {
    if (pageState.encrypted || LOOPBACK.test(location.hostname) || (this.away && !this.signIn)) return nothing;
    return html`<k-banner edge tone="warn" role="status" ?dismissible=${!this.signIn} @k-close=${this.#putAway}>
      ${t('shell.banners.plain')}
    </k-banner>`;
  }

  readonly #putAway = (): void => {
    this.away = true;
    storage.set('plain-seen', 'yes');
  };
}

customElements.define('modulon-banners', ModulonBanners);
