import { define, t } from '@modulon/sdk';
import '@modulon/kit/chip';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import type { Preset } from '../../api.js';
import { recognised } from '../../presets.js';

/**
 * A field for an API key that says whose it is by its shape, and asks when several fit. Fires `k-preset` (detail: the
 * preset, or nothing while it is not known) and, on Enter, `k-submit`.
 */
export class ProvidersKey extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--s2);
        grid-template-columns: minmax(0, 1fr);
      }
      .whose {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        font-size: var(--t-sm);
        color: var(--text-2);
        min-block-size: 1.5rem;
      }
      a {
        font-size: var(--t-xs);
        color: var(--accent-text);
      }
    `,
  ];

  @property({ attribute: false }) presets: readonly Preset[] = [];
  /** Whose key is asked for, if that was chosen already. */
  @property({ attribute: false }) chosen: Preset | undefined;
  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  @property() hint = '';
  @property() error = '';

  @state() private fitting: readonly Preset[] = [];
  @state() private unknown = false;
  @query('k-field') private readonly field!: KField;

  get value(): string {
    return this.field.value.trim();
  }

  /** Forgets what was pasted. */
  clear(): void {
    this.field.value = '';
    this.#look('');
  }

  override render(): TemplateResult {
    const url = this.chosen?.key_url;
    return html`<k-field
        mono
        label=${this.label}
        ?label-hidden=${this.labelHidden}
        placeholder=${t('providers.paste.placeholder')}
        type="password"
        autocomplete="off"
        maxlength="4096"
        hint=${this.hint}
        .error=${this.error}
        @input=${(): void => {
          this.#look(this.value);
        }}
        @keydown=${(event: KeyboardEvent): void => {
          // It stands in a tree of its own, so Enter does not reach the form around it.
          if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('k-submit'));
        }}
        >${url ? html`<a slot="aside" href=${url} target="_blank" rel="noreferrer">${t('providers.paste.get')}</a>` : nothing}</k-field
      >
      ${this.#whose()}`;
  }

  #whose(): TemplateResult | typeof nothing {
    const { fitting, chosen } = this;
    if (this.unknown) return html`<p class="whose" role="status">${t('providers.paste.unknown')}</p>`;
    if (fitting.length === 0) return nothing;
    if (fitting.length === 1) {
      return html`<p class="whose" role="status">
        <k-chip tone="ok">${icon('check', 'xs')}${fitting[0]?.name}</k-chip>${t('providers.paste.recognised')}
      </p>`;
    }
    return html`<div class="whose" role="group" aria-label=${t('providers.paste.which')}>
      <span role="status">${t('providers.paste.which')}</span>
      ${fitting.map((one) => html`<k-chip selectable .selected=${chosen?.slug === one.slug} @change=${this.#choose(one)}>${one.name}</k-chip>`)}
    </div>`;
  }

  #choose(preset: Preset) {
    return (): void => {
      this.#tell(preset);
    };
  }

  #look(key: string): void {
    const before = this.fitting.map((one) => one.slug).join();
    this.fitting = recognised(key, this.presets);
    this.unknown = this.fitting.length === 0 && key.length >= 16 && !this.chosen;
    if (this.fitting.map((one) => one.slug).join() === before) return;
    // A key that fits what was chosen already, among others, leaves the choice as it is.
    if (this.fitting.some((one) => one.slug === this.chosen?.slug)) return;
    this.#tell(this.fitting.length === 1 ? this.fitting[0] : undefined);
  }

  #tell(preset: Preset | undefined): void {
    this.dispatchEvent(new CustomEvent('k-preset', { detail: preset }));
  }
}

define('m-providers-key', ProvidersKey);
