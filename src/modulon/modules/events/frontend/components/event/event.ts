import { copyText, define, errorText, formatNumber, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/icon-button';
import type { KIconButton } from '@modulon/kit/icon-button';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { readEvent, type LoggedEvent } from '../../api.js';
import { moment, whoActed } from '../../words.js';
import { styles } from './event.styles.js';

/**
 * `<m-events-event seq="7" .event=${…} .newer=${8} .older=${6}>`: one event with its payload. Without `event` it asks for
 * it. Fires `m-events-look` (another one), `m-events-narrow` (a condition for the filter) and `m-events-close`.
 */
export class EventsEvent extends LitElement {
  static override styles = [base, styles];

  @property({ type: Number }) seq = 0;
  @property({ attribute: false }) event: LoggedEvent | undefined;
  @property({ attribute: false }) newer: number | undefined;
  @property({ attribute: false }) older: number | undefined;
  @state() private loaded: LoggedEvent | undefined;
  @state() private problem = '';
  @query('.close') private readonly closer!: KIconButton | null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('seq')) return;
    this.loaded = undefined;
    if (!this.event) void this.#load();
  }

  override firstUpdated(): void {
    this.closer?.focus();
  }

  override render(): TemplateResult {
    return html`<header @keydown=${this.#pressed}>
        <h2>${t('events.one', { seq: formatNumber(this.seq) })}</h2>
        <k-icon-button size="sm" icon="chevron-up" label=${t('events.newer')} ?disabled=${this.newer === undefined} @click=${(): void => this.#look(this.newer)}></k-icon-button>
        <k-icon-button size="sm" icon="chevron-down" label=${t('events.older_one')} ?disabled=${this.older === undefined} @click=${(): void => this.#look(this.older)}></k-icon-button>
        <k-icon-button class="close" size="sm" icon="x" label=${t('events.close')} @click=${this.#close}></k-icon-button>
      </header>
      <div class="body" @keydown=${this.#pressed}>${this.#content()}</div>`;
  }

  #content(): TemplateResult {
    const one = this.event ?? this.loaded;
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('events.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${this.#load}>${t('events.again')}</k-button>
      </k-banner>`;
    }
    if (!one) return html`<k-skeleton lines="6"></k-skeleton>`;
    return html`<p class="type" dir="ltr">${one.type}${one.version > 1 ? `@${String(one.version)}` : ''}</p>
      <dl>
        <dt>${t('events.time')}</dt>
        <dd><bdi>${moment(one.created_at, true)}</bdi></dd>
        <dt>${t('events.by')}</dt>
        <dd>${one.actor ? this.#link('actor', one.actor, whoActed(one)) : whoActed(one)}</dd>
        <dt>${t('events.workspace')}</dt>
        <dd>${one.workspace ? this.#link('workspace', one.workspace, html`<code>${one.workspace}</code>`) : t('events.no_workspace')}</dd>
        <dt>${t('events.key')}</dt>
        <dd>${this.#link('key', one.key, html`<code>${one.key}</code>`)}</dd>
        ${one.trace ? html`<dt>${t('events.trace')}</dt><dd><code>${one.trace}</code></dd>` : nothing}
      </dl>
      <section>
        <h3>${t('events.payload')}<k-button size="sm" icon="copy" @click=${(): void => void this.#copy(one)}>${t('events.copy')}</k-button></h3>
        <pre dir="ltr" tabindex="0" role="region" aria-label=${t('events.payload')}>${JSON.stringify(one.payload, null, 2)}</pre>
      </section>`;
  }

  /** A value that narrows the list to its like; one with a blank cannot stand in the box. */
  #link(name: string, value: string, shown: TemplateResult | string): TemplateResult {
    if (value === '' || /\s/.test(value)) return html`${shown}`;
    const narrow = (): void => void this.dispatchEvent(new CustomEvent('m-events-narrow', { detail: { name, value } }));
    return html`<button type="button" class="narrow" title=${t('events.narrow')} @click=${narrow}><bdi>${shown}</bdi></button>`;
  }

  #look(seq: number | undefined): void {
    if (seq !== undefined) this.dispatchEvent(new CustomEvent('m-events-look', { detail: seq }));
  }

  readonly #load = async (): Promise<void> => {
    const { seq } = this;
    this.problem = '';
    try {
      const found = await readEvent(seq);
      if (seq === this.seq) this.loaded = found;
    } catch (error) {
      if (seq === this.seq) this.problem = errorText(error, 'events');
    }
  };

  async #copy(one: LoggedEvent): Promise<void> {
    if (await copyText(JSON.stringify(one.payload, null, 2))) toast(t('events.copied'), { tone: 'ok' });
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('m-events-close'));
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  };
}

define('m-events-event', EventsEvent);
