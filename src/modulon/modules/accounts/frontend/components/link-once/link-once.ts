import { copyText, define, formatDate, t, toast } from '@modulon/sdk';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';
import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { once } from '../once.styles.js';

/** A link that works once, shown once. Its token stands behind the `#`, so that it reaches no log. */
export class AccountsLinkOnce extends LitElement {
  static override styles = [base, once];

  /** `/join` or `/reset`. */
  @property() path = '';
  @property() token = '';
  @property() expires = '';

  get #link(): string {
    return `${location.origin}${this.path}#token=${this.token}`;
  }

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="heading">
      <div class="about">
        <span class="sign">${icon('link', 's')}</span>
        <div>
          <b id="heading">${t('accounts.link.heading')}</b>
          <p>${t('accounts.link.about', { until: formatDate(this.expires, 'full') })}</p>
        </div>
      </div>
      <code class="link" translate="no" dir="ltr">${this.#link}</code>
      <div class="acts">
        <k-button size="sm" variant="line" icon="copy" @click=${this.#copy}>${t('accounts.link.copy')}</k-button>
      </div>
    </section>`;
  }

  readonly #copy = async (): Promise<void> => {
    const copied = await copyText(this.#link);
    toast(t(copied ? 'accounts.keys.copied' : 'accounts.link.not_copied'), { tone: copied ? 'ok' : 'bad' });
  };
}

define('m-accounts-link-once', AccountsLinkOnce);
