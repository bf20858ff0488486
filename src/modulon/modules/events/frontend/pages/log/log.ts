import { announce, define, errorText, formatNumber, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import '@modulon/kit/skeleton';
import '@modulon/kit/state';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { listEvents, listTypes, type LoggedEvent } from '../../api.js';
import '../../components/deliveries/deliveries.js';
import '../../components/event/event.js';
import { narrowed, readFilter, SPANS, type Filter } from '../../filter.js';
import { begin, beside, older, received, released, type Tail } from '../../tail.js';
import { moment, whoActed } from '../../words.js';
import { styles } from './log.styles.js';

const LOOK_MS = 2000;
const TYPED_MS = 300;

/** Settings, event log: what happens, as it happens, and what could not be delivered. For administrators. */
export class EventsPage extends LitElement {
  static override styles = [base, page, settingsPage, styles];

  @state() private tail: Tail | undefined;
  @state() private problem = '';
  @state() private live = true;
  /** The last look failed; the rows are those of before. */
  @state() private away = false;
  @state() private text = '';
  @state() private minutes: number = SPANS[0];
  @state() private wrong = '';
  @state() private chosen: number | undefined;
  @state() private kinds: readonly string[] = [];
  @query('.rows') private readonly rows!: HTMLElement | null;

  #filter: Filter = { types: [], without: [] };
  #asked = 0;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#schedule);
    void this.#load();
    void this.#loadKinds();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#schedule);
    clearTimeout(this.#looking);
    clearTimeout(this.#typing);
  }

  override render(): TemplateResult {
    return html`<k-header lined crumb=${t('shell.settings')} crumb-href="/settings" heading=${t('events.title')}>
        <k-state slot="actions" tone=${this.live && !this.away ? 'ok' : 'off'}>${t(this.away ? 'events.away' : this.live ? 'events.live' : 'events.paused')}</k-state>
        <k-button slot="actions" size="sm" variant="line" icon=${this.live ? 'pause' : 'play'} @click=${this.#toggle}>${t(this.live ? 'events.pause' : 'events.follow')}</k-button>
      </k-header>
      <div class="sides ${this.chosen === undefined ? '' : 'two-sides'}">
        <div class="page">
          ${this.#bar()}
          <section class="box log" aria-label=${t('events.title')}>${this.#content()}</section>
          <m-events-deliveries @m-events-look=${this.#lookAt}></m-events-deliveries>
        </div>
        ${this.chosen === undefined ? nothing : this.#inspector(this.chosen)}
      </div>`;
  }

  #bar(): TemplateResult {
    return html`<div class="bar">
      <k-field
        compact
        mono
        label-hidden
        type="search"
        icon="search"
        label=${t('events.filter')}
        placeholder="type:chat.* -type:core.* key: actor:"
        .value=${this.text}
        error=${this.wrong && t('events.wrong', { word: this.wrong })}
        @input=${this.#typed}
      ></k-field>
      <k-select
        compact
        label-hidden
        label=${t('events.kind')}
        value=${this.kinds.find((one) => this.text.trim() === one) ?? ''}
        .options=${[{ value: '', label: t('events.all_kinds') }, ...this.kinds.map((one) => ({ value: one, label: one }))]}
        @change=${(event: Event): void => this.#narrow((event.currentTarget as KSelect).value)}
      ></k-select>
      <k-select
        compact
        label-hidden
        label=${t('events.span')}
        value=${String(this.minutes)}
        .options=${SPANS.map((one) => ({ value: String(one), label: t(`events.span_${String(one)}`) }))}
        @change=${this.#spanned}
      ></k-select>
    </div>`;
  }

  #content(): TemplateResult {
    const { tail } = this;
    if (this.problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('events.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${(): void => void this.#load()}>${t('events.again')}</k-button>
      </k-banner>`;
    }
    if (!tail) return html`<k-skeleton rows lines="8"></k-skeleton>`;
    return html`${this.#arrived(tail)}
      ${tail.items.length === 0
        ? html`<k-empty-state icon="radio" heading=${t('events.none')} text=${t('events.none_about')}></k-empty-state>`
        : html`<div class="rows">
            <table>
              <thead>
                <tr>
                  <th scope="col" class="seq">${t('events.number')}</th>
                  <th scope="col" class="time">${t('events.time')}</th>
                  <th scope="col">${t('events.event')}</th>
                  <th scope="col" class="by">${t('events.by')}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(tail.items, (one) => one.seq, (one) => this.#row(one))}
              </tbody>
            </table>
            ${tail.next === null
              ? nothing
              : html`<div class="more"><k-button size="sm" variant="line" @click=${this.#older}>${t('events.older')}</k-button></div>`}
          </div>`}`;
  }

  #arrived(tail: Tail): TemplateResult | typeof nothing {
    const n = tail.held.length;
    if (n === 0 && !tail.torn) return nothing;
    return html`<button type="button" class="new" @click=${this.#release}>${icon('arrow-up', 'xs')}${n === 0 ? t('events.newest') : t('events.new', { n })}</button>`;
  }

  #row(one: LoggedEvent): TemplateResult {
    return html`<tr class=${one.seq === this.chosen ? 'on' : ''}>
      <td class="seq">${formatNumber(one.seq)}</td>
      <td class="time"><bdi>${moment(one.created_at)}</bdi></td>
      <td>
        <button type="button" class="open" aria-expanded=${one.seq === this.chosen} @click=${(): void => this.#choose(one.seq)}>
          <span dir="ltr"><code>${one.type}</code><bdi>${one.key}</bdi></span>
        </button>
      </td>
      <td class="by">${whoActed(one)}</td>
    </tr>`;
  }

  #inspector(seq: number): TemplateResult {
    const { newer, older: before } = this.tail ? beside(this.tail, seq) : { newer: undefined, older: undefined };
    return html`<m-events-event
      seq=${seq}
      .event=${this.tail?.items.find((one) => one.seq === seq)}
      .newer=${newer}
      .older=${before}
      @m-events-look=${this.#lookAt}
      @m-events-narrow=${(event: CustomEvent<{ name: string; value: string }>): void => this.#narrow(narrowed(this.text, event.detail.name, event.detail.value))}
      @m-events-close=${this.#close}
    ></m-events-event>`;
  }

  /** Whether what comes now would move what is looked at. */
  get #holding(): boolean {
    return this.chosen !== undefined || (this.rows?.scrollTop ?? 0) > 4;
  }

  async #load(): Promise<void> {
    const asked = (this.#asked += 1);
    this.problem = '';
    try {
      const found = await listEvents(this.#filter);
      if (asked !== this.#asked) return;
      this.tail = begin(found);
      this.away = false;
      if (this.rows) this.rows.scrollTop = 0;
    } catch (error) {
      if (asked === this.#asked) this.problem = errorText(error, 'events');
    }
    this.#schedule();
  }

  async #loadKinds(): Promise<void> {
    try {
      this.kinds = [...new Set((await listTypes()).map((type) => `${type.slice(0, type.lastIndexOf('.'))}.*`))];
    } catch {
      this.kinds = []; // the box does without
    }
  }

  readonly #schedule = (): void => {
    clearTimeout(this.#looking);
    if (this.live && !document.hidden && this.isConnected) this.#looking = setTimeout(() => void this.#look(), LOOK_MS);
  };

  /** What came since the last look. An answer to another filter's question is dropped. */
  async #look(): Promise<void> {
    const asked = this.#asked;
    if (this.tail) {
      try {
        const found = await listEvents(this.#filter, { after: this.tail.end });
        if (asked === this.#asked && this.live) this.tail = received(this.tail, found, this.#holding);
        this.away = false;
      } catch {
        this.away = true;
      }
    }
    if (asked === this.#asked) this.#schedule();
  }

  readonly #older = async (): Promise<void> => {
    const asked = this.#asked;
    const cursor = this.tail?.next;
    if (!cursor) return;
    try {
      const found = await listEvents(this.#filter, { cursor });
      if (asked === this.#asked && this.tail?.next === cursor) this.tail = older(this.tail, found);
    } catch (error) {
      this.problem = errorText(error, 'events');
    }
  };

  readonly #release = (): void => {
    this.chosen = undefined;
    if (!this.tail || this.tail.torn) {
      void this.#load();
      return;
    }
    announce(t('events.new', { n: this.tail.held.length }));
    this.tail = released(this.tail);
    if (this.rows) this.rows.scrollTop = 0;
  };

  readonly #toggle = (): void => {
    this.live = !this.live;
    this.away = false;
    this.#schedule();
  };

  readonly #typed = (event: Event): void => {
    event.stopPropagation();
    this.text = (event.currentTarget as KField).value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#apply(), TYPED_MS);
  };

  readonly #spanned = (event: Event): void => {
    this.minutes = Number((event.currentTarget as KSelect).value);
    this.#apply();
  };

  #narrow(text: string): void {
    this.text = text;
    this.#apply();
  }

  #apply(): void {
    const filter = readFilter(this.text, this.minutes);
    this.wrong = typeof filter === 'string' ? filter : '';
    if (typeof filter === 'string') return;
    this.#filter = filter;
    this.tail = undefined;
    void this.#load();
  }

  #choose(seq: number): void {
    this.chosen = this.chosen === seq ? undefined : seq;
  }

  readonly #lookAt = (event: CustomEvent<number>): void => {
    this.chosen = event.detail;
  };

  /** Back to the row it was opened from. */
  readonly #close = (): void => {
    const row = this.renderRoot.querySelector<HTMLElement>('tr.on .open');
    this.chosen = undefined;
    row?.focus();
  };
}

define('m-events-page', EventsPage);
