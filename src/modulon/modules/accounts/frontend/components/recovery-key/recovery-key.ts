import { copyText, define, t, toast } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/checkbox';
import type { KCheckbox } from '@modulon/kit/checkbox';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { once } from '../once.styles.js';

const FILE = 'modulon-recovery-key.txt';

/** The recovery key, shown once: copied, saved, printed, and confirmed. Fires `k-saved` with whether it is. */
export class AccountsRecoveryKey extends LitElement {
  static override styles = [
    base,
    once,
    css`
      code {
        word-spacing: 0.35em;
      }
    `,
  ];

  /** The key, as the server writes it: groups with hyphens. */
  @property() key = '';

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="heading">
      <div class="about">
        <span class="sign">${icon('key-round', 's')}</span>
        <div>
          <b id="heading">${t('accounts.recovery.heading')}</b>
          <p>${t('accounts.recovery.about')}</p>
        </div>
      </div>
      <code translate="no" dir="ltr">${this.key.replaceAll('-', ' ')}</code>
      <div class="acts">
        <k-button size="sm" variant="line" icon="copy" @click=${this.#copy}>${t('accounts.recovery.copy')}</k-button>
        <k-button size="sm" variant="line" icon="download" @click=${this.#save}>${t('accounts.recovery.file')}</k-button>
        <k-button size="sm" variant="line" icon="printer" @click=${this.#print}>${t('accounts.recovery.print')}</k-button>
        <k-checkbox label=${t('accounts.recovery.saved')} @change=${this.#saved}></k-checkbox>
      </div>
    </section>`;
  }

  get #text(): string {
    return `${t('accounts.recovery.file_about', { host: location.host })}\n\n${this.key}\n`;
  }

  readonly #copy = async (): Promise<void> => {
    const copied = await copyText(this.key);
    toast(t(copied ? 'accounts.keys.copied' : 'accounts.recovery.not_copied'), { tone: copied ? 'ok' : 'bad' });
  };

  readonly #save = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([this.#text], { type: 'text/plain' }));
    link.download = FILE;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  /** Prints a page with nothing but the key on it. */
  readonly #print = (): void => {
    const sheet = document.createElement('pre');
    sheet.textContent = this.#text;
    sheet.className = 'print-only';
    const style = document.createElement('style');
    style.textContent = '@media screen{.print-only{display:none}}@media print{body>*:not(.print-only){display:none!important}.print-only{font:16pt monospace;white-space:pre-wrap}}';
    document.body.append(style, sheet);
    window.print();
    style.remove();
    sheet.remove();
  };

  readonly #saved = (event: Event): void => {
    this.dispatchEvent(new CustomEvent('k-saved', { detail: (event.target as KCheckbox).checked }));
  };
}

define('m-accounts-recovery-key', AccountsRecoveryKey);
