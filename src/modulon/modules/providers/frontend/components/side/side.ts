import { define, formatDate, formatDuration, formatRelative, t } from '@modulon/sdk';
import '@modulon/kit/button';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import type { Provider } from '../../api.js';

/** Beside the models of a provider: its key and its connection. Fires `k-action` (detail: `key` or `remove-key`). */
export class ProvidersSide extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--s3);
      }
      .box {
        border: 1px solid var(--line);
        border-radius: var(--r-md);
        background: var(--surface);
        padding: 0.75rem 0.875rem;
      }
      h2 {
        display: flex;
        align-items: center;
        min-block-size: 1.5rem;
        margin-block-end: 0.5rem;
        font-size: var(--t-sm);
        font-weight: 600;
      }
      h2 k-button {
        margin-inline-start: auto;
        margin-block: -0.25rem;
        margin-inline-end: -0.5rem;
      }
      .key {
        display: flex;
        align-items: center;
        gap: var(--s2);
        font-size: var(--t-sm);
      }
      .key div {
        flex: 1;
      }
      .key k-button {
        margin-inline-end: -0.5rem;
      }
      code {
        display: block;
        font-size: var(--t-xs);
      }
      small,
      p {
        color: var(--text-3);
        font-size: var(--t-xs);
        line-height: 1.5;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.4375rem var(--s4);
        font-size: var(--t-sm);
      }
      dt {
        color: var(--text-3);
      }
      dd {
        text-align: end;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) provider!: Provider;

  override render(): TemplateResult {
    return html`${this.#key()}${this.#connection()}`;
  }

  #key(): TemplateResult {
    const { key_hint } = this.provider;
    const add = key_hint === null ? 'add' : 'replace';
    const kept = html`<div class="key">
      <div><code>${t('providers.key_hint', { hint: key_hint ?? '' })}</code><small>${t('providers.key.kept')}</small></div>
      <k-button size="sm" variant="quiet" @click=${this.#ask('remove-key')}>${t('providers.key.remove')}</k-button>
    </div>`;
    return html`<section class="box">
      <h2>
        ${t('providers.key.heading')}
        <k-button size="sm" variant="link" @click=${this.#ask('key')}>${t(`providers.key.${add}`)}</k-button>
      </h2>
      ${key_hint === null ? html`<p>${t('providers.key.none')}</p>` : kept}
    </section>`;
  }

  #connection(): TemplateResult {
    const { endpoint, health, slug, created_at } = this.provider;
    const lines: [string, string | typeof nothing][] = [
      ['address', endpoint],
      ['short', slug],
      ['checked', health.checked_at ? formatRelative(health.checked_at) : t('providers.side.never')],
      ['answer', health.latency_ms === null ? '–' : formatDuration(health.latency_ms)],
      ['added', formatDate(created_at)],
    ];
    return html`<section class="box">
      <h2>${t('providers.side.connection')}</h2>
      <dl>${lines.map(([key, value]) => html`<dt>${t(`providers.side.${key}`)}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
    </section>`;
  }

  #ask(action: 'key' | 'remove-key') {
    return (): void => {
      this.dispatchEvent(new CustomEvent('k-action', { detail: action }));
    };
  }
}

define('m-providers-side', ProvidersSide);
