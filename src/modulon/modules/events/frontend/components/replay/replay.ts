import { define, errorText, fieldTexts, formatNumber, t, toast } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { planReplay, replay, type Consumer, type ReplayPlan } from '../../api.js';
import { counted } from '../../words.js';

const TYPED_MS = 250;

/** `<m-events-replay .consumer=${…}>`: asks from which event on to deliver again, and says how many events that is. */
export class EventsReplay extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: var(--s3);
      }
      p {
        font-size: var(--t-sm);
        line-height: 1.5;
        color: var(--text-2);
      }
      .plan {
        min-block-size: 1.5em;
        color: var(--text);
      }
    `,
  ];

  @property({ attribute: false }) consumer: Consumer | undefined;
  @state() private from = '';
  @state() private plan: ReplayPlan | undefined;
  @state() private problem = '';
  @state() private busy = false;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('consumer') || changed.get('consumer')?.name === this.consumer?.name) return;
    this.from = this.consumer ? String(this.consumer.seq) : '';
    this.plan = undefined;
    this.problem = '';
    if (this.consumer) void this.#look();
  }

  override render(): TemplateResult {
    const name = this.consumer?.name ?? '';
    return html`<k-dialog ?open=${this.consumer !== undefined} heading=${t('events.replay_label', { name })} @k-close=${this.#close}>
      <form id="form" @submit=${this.#sent} novalidate>
        <p>${t('events.replay_about')}</p>
        <k-field
          autofocus
          mono
          name="seq"
          inputmode="numeric"
          label=${t('events.replay_from')}
          hint=${t('events.replay_hint', { last: formatNumber(this.consumer?.seq ?? 0) })}
          .value=${this.from}
          error=${this.problem}
          @input=${this.#typed}
        ></k-field>
        <p class="plan" aria-live="polite">${this.plan ? t('events.replay_plan', { n: this.plan.events, counted: counted(this.plan.events) }) : ''}</p>
      </form>
      <k-button slot="footer" variant="line" @click=${this.#close}>${t('events.cancel')}</k-button>
      <k-button slot="footer" variant="primary" icon="play" ?disabled=${!this.plan} ?loading=${this.busy} @click=${(): void => void this.#replay()}>${t('events.replay')}</k-button>
    </k-dialog>`;
  }

  readonly #typed = (event: Event): void => {
    this.from = (event.currentTarget as KField).value.trim();
    this.plan = undefined;
    this.problem = '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), TYPED_MS);
  };

  async #look(): Promise<void> {
    const { consumer, from } = this;
    const asked = (this.#asked += 1);
    if (!consumer || from === '') return;
    if (!/^\d{1,15}$/.test(from)) {
      this.problem = t('events.replay_number');
      return;
    }
    try {
      const plan = await planReplay(consumer.name, Number(from));
      if (asked === this.#asked) this.plan = plan;
    } catch (error) {
      if (asked === this.#asked) this.problem = said(error);
    }
  }

  readonly #sent = (event: Event): void => {
    event.preventDefault();
    void this.#replay();
  };

  async #replay(): Promise<void> {
    const { consumer, plan } = this;
    if (!consumer || !plan || this.busy) return;
    this.busy = true;
    try {
      const done = await replay(consumer.name, plan.first);
      toast(t('events.replayed', { n: done.events, counted: counted(done.events), name: consumer.name }), { tone: 'ok' });
      this.#close();
    } catch (error) {
      this.problem = said(error);
    }
    this.busy = false;
  }

  readonly #close = (): void => {
    clearTimeout(this.#timer);
    this.dispatchEvent(new CustomEvent('m-events-done'));
  };
}

/** What is wrong with the number, or else with the request. */
function said(error: unknown): string {
  return fieldTexts(error, ['seq'], 'events')['seq'] ?? errorText(error, 'events');
}

define('m-events-replay', EventsReplay);
