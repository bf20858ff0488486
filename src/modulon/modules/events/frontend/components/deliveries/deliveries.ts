import { confirm, define, errorText, formatDate, formatNumber, formatRelative, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/icon-button';
import '@modulon/kit/skeleton';
import { base, page } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { discardLetters, listConsumers, listLetters, listWaiting, retryLetters, type Consumer, type Letter } from '../../api.js';
import { isBehind } from '../../waiting.js';
import { counted } from '../../words.js';
import '../replay/replay.js';
import { styles } from './deliveries.styles.js';

const LOOK_MS = 5000;
/** Soon after something was asked for, it has happened. */
const SOON_MS = 600;

/** `<m-events-deliveries>`: dead letters, what is tried again by itself, and every consumer. Fires `m-events-look`. */
export class EventsDeliveries extends LitElement {
  static override styles = [base, page, styles];

  @state() private consumers: readonly Consumer[] | undefined;
  @state() private letters: readonly Letter[] = [];
  @state() private waiting: readonly Letter[] = [];
  @state() private problem = '';
  @state() private replaying: string | undefined;
  @state() private busy = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    if (!this.consumers) {
      if (!this.problem) return html`<div class="box"><k-skeleton rows lines="3"></k-skeleton></div>`;
      return html`<k-banner tone="bad" role="alert" heading=${t('events.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${this.#look}>${t('events.again')}</k-button>
      </k-banner>`;
    }
    return html`${this.#dead(this.consumers)} ${this.waiting.length > 0 ? this.#waiting() : nothing} ${this.#consumers(this.consumers)}
      <m-events-replay .consumer=${this.consumers.find((one) => one.name === this.replaying)} @m-events-done=${this.#replayed}></m-events-replay>`;
  }

  #dead(consumers: readonly Consumer[]): TemplateResult {
    const n = consumers.reduce((sum, one) => sum + one.dead, 0);
    return html`<section class="box" aria-labelledby="dead">
      <header>
        <h2 id="dead">${t('events.dead')}</h2>
        <p>${t('events.dead_about', { n })}</p>
        ${n > 1
          ? html`<k-button size="sm" ?disabled=${this.busy} @click=${(): void => void this.#retryAll(n)}>${t('events.retry_all')}</k-button>
              <k-button size="sm" ?disabled=${this.busy} @click=${(): void => void this.#discardAll(n)}>${t('events.discard_all')}</k-button>`
          : nothing}
      </header>
      ${this.letters.length > 0 ? html`<ul>${this.letters.map((one) => this.#letter(one))}</ul>` : nothing}
    </section>`;
  }

  #letter(one: Letter): TemplateResult {
    const when = one.given_up_at ? formatDate(one.given_up_at, 'full') : '';
    return html`<li>
      ${this.#about(one, html`<small class="bad">${t('events.given_up', { n: one.tries, when })} <bdi>${one.error}</bdi></small>`)} ${this.#looker(one)}
      <k-button size="sm" variant="line" icon="rotate-ccw" label=${t('events.retry_label', labelOf(one))} ?disabled=${this.busy} @click=${(): void => void this.#retry(one)}>${t('events.retry')}</k-button>
      <k-icon-button size="sm" icon="trash-2" label=${t('events.discard_label', labelOf(one))} ?disabled=${this.busy} @click=${(): void => void this.#discard(one)}></k-icon-button>
    </li>`;
  }

  #waiting(): TemplateResult {
    return html`<section class="box" aria-labelledby="waiting">
      <header>
        <h2 id="waiting">${t('events.waiting')}</h2>
        <p>${t('events.waiting_about')}</p>
      </header>
      <ul>
        ${this.waiting.map(
          (one) => html`<li>
            ${this.#about(one, html`<small>${this.#due(one)} <bdi>${one.error}</bdi></small>`)} ${this.#looker(one)}
            ${isBehind(this.waiting, one)
              ? nothing
              : html`<k-button size="sm" variant="line" icon="rotate-ccw" label=${t('events.try_now_label', labelOf(one))} ?disabled=${this.busy} @click=${(): void => void this.#retry(one)}>${t('events.try_now')}</k-button>`}
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #due(one: Letter): string {
    if (isBehind(this.waiting, one)) return t('events.behind');
    return t('events.due', { n: one.tries, when: one.due_at ? formatRelative(one.due_at) : '' });
  }

  #about(one: Letter, more: TemplateResult): TemplateResult {
    return html`<span class="two">
      <b><code dir="ltr">${one.type || t('events.not_kept')}</code> <bdi>${t('events.for', { seq: formatNumber(one.seq), consumer: one.consumer })}</bdi></b>
      ${more}
    </span>`;
  }

  #looker(one: Letter): TemplateResult | typeof nothing {
    if (one.type === '') return nothing;
    const look = (): void => void this.dispatchEvent(new CustomEvent('m-events-look', { detail: one.seq }));
    return html`<k-button size="sm" variant="line" icon="eye" label=${t('events.look_label', labelOf(one))} @click=${look}>${t('events.look')}</k-button>`;
  }

  #consumers(consumers: readonly Consumer[]): TemplateResult {
    return html`<section class="box" aria-labelledby="consumers">
      <header>
        <h2 id="consumers">${t('events.consumers')}</h2>
        <p>${t('events.consumers_about')}</p>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('events.consumer')}</th>
            <th scope="col" class="num extra">${t('events.at')}</th>
            <th scope="col" class="num">${t('events.lag')}</th>
            <th scope="col" class="num extra">${t('events.dead_count')}</th>
            <th><span class="sr">${t('events.replay')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${consumers.map((one) => this.#consumer(one))}
        </tbody>
      </table>
    </section>`;
  }

  #consumer(one: Consumer): TemplateResult {
    return html`<tr>
      <td><code dir="ltr">${one.name}</code>${one.serves ? nothing : html`<br /><small class="quiet">${t('events.not_serving')}</small>`}</td>
      <td class="num extra">${formatNumber(one.seq)}</td>
      <td class="num ${one.lag > 0 ? 'warn' : ''}">${counted(one.lag)}</td>
      <td class="num extra ${one.dead > 0 ? 'bad' : ''}">${formatNumber(one.dead)}</td>
      <td class="num">
        ${one.types.length === 0
          ? nothing
          : html`<k-button size="sm" label=${t('events.replay_label', { name: one.name })} @click=${(): void => void (this.replaying = one.name)}>${t('events.replay')}</k-button>`}
      </td>
    </tr>`;
  }

  readonly #look = (): void => void this.#load();

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    try {
      [this.consumers, this.letters, this.waiting] = await Promise.all([listConsumers(), listLetters(), listWaiting()]);
      this.problem = '';
    } catch (error) {
      this.problem = errorText(error, 'events');
    }
    this.#again(LOOK_MS);
  }

  #again(after: number): void {
    clearTimeout(this.#timer);
    if (this.isConnected) this.#timer = setTimeout(() => void this.#load(), after);
  }

  async #act(run: () => Promise<number>, done: string): Promise<void> {
    this.busy = true;
    try {
      const n = await run();
      toast(t(done, { n }), { tone: 'ok' });
    } catch (error) {
      toast(errorText(error, 'events'), { tone: 'bad' });
    }
    await this.#load();
    this.busy = false;
    this.#again(SOON_MS);
  }

  #retry(one: Letter): Promise<void> {
    return this.#act(() => retryLetters({ consumer: one.consumer, seq: one.seq }), 'events.retried');
  }

  async #discard(one: Letter): Promise<void> {
    if (!(await asked(1))) return;
    await this.#act(() => discardLetters({ consumer: one.consumer, seq: one.seq }), 'events.discarded');
  }

  async #retryAll(n: number): Promise<void> {
    const agreed = await confirm({ title: t('events.retry_all_title', { n }), text: t('events.retry_all_text'), confirm: t('events.retry_all') });
    if (agreed) await this.#act(() => retryLetters(), 'events.retried');
  }

  /** Those that stand there now: what is given up while the question is open was not meant. */
  async #discardAll(n: number): Promise<void> {
    const until = this.letters[0]?.given_up_at;
    if (!until || !(await asked(n))) return;
    await this.#act(() => discardLetters({ until }), 'events.discarded');
  }

  readonly #replayed = (): void => {
    this.replaying = undefined;
    this.#again(SOON_MS);
  };
}

const labelOf = (one: Letter): { seq: string; consumer: string } => ({ seq: formatNumber(one.seq), consumer: one.consumer });

const asked = (n: number): Promise<boolean> =>
  confirm({ title: t('events.discard_title', { n }), text: t('events.discard_text', { n }), confirm: t('events.discard'), danger: true });

define('m-events-deliveries', EventsDeliveries);
