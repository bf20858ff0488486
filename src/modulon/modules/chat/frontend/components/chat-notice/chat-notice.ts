import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { define, faultText, session, t } from '@modulon/sdk';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';

import { newChat } from '../../actions.js';
import type { Message } from '../../api.js';
import { PROVIDERS } from '../../paths.js';
import { faultOf } from '../../state/content.js';
import { act } from '../acts.js';

interface Words {
  title: string;
  text: string;
}

/** What happened stands in the first sentence, what is safe and what to do in the rest. */
function split(sentences: string): Words {
  const end = sentences.search(/(?<=[.!?])\s/);
  return end < 0 ? { title: sentences, text: '' } : { title: sentences.slice(0, end), text: sentences.slice(end + 1) };
}

/** `m-chat-notice`: why an answer is not complete, what is safe, and the one next step. */
export class ChatNotice extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .quiet {
        font-size: var(--t-sm);
        color: var(--text-3);
      }
      .card {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: var(--s3);
        padding: 0.75rem var(--s4);
        border-radius: var(--r-lg);
        background: var(--surface);
        box-shadow: inset 0 0 0 1px var(--line);
      }
      .card.bad {
        box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--bad) 60%, var(--line));
      }
      .sign {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 2rem;
        block-size: 2rem;
        border-radius: var(--r-md);
        background: var(--warn-soft);
        color: var(--warn);
      }
      .bad .sign {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .words {
        flex: 1 1 15rem;
        min-inline-size: 0;
        line-height: 1.45;
      }
      b {
        display: block;
        font-weight: 600;
      }
      small {
        font-size: var(--t-sm);
        color: var(--text-2);
      }
    `,
  ];

  @property({ attribute: false }) message!: Message;
  /** Nothing may be begun while another answer is being written. */
  @property({ type: Boolean }) locked = false;

  protected override render(): TemplateResult | typeof nothing {
    const { status } = this.message;
    if (status === 'cancelled') return this.#cancelled();
    if (status !== 'interrupted' && status !== 'limited' && status !== 'failed') return nothing;
    const { title, text } = this.#words(status);
    const bad = status === 'failed';
    return html`<div class="card ${bad ? 'bad' : ''}" role="group" aria-label=${title}>
      <span class="sign">${icon(bad ? 'circle-alert' : 'unplug', 's')}</span>
      <div class="words"><b>${title}</b>${text === '' ? nothing : html`<small>${text}</small>`}</div>
      ${this.#step(status)}
    </div>`;
  }

  #cancelled(): TemplateResult {
    const fault = faultOf(this.message);
    return html`<p class="quiet">${fault === undefined ? t('chat.notice.cancelled') : faultText(fault)}</p>`;
  }

  #words(status: 'interrupted' | 'limited' | 'failed'): Words {
    const fault = faultOf(this.message);
    if (fault === undefined) return { title: t(`chat.notice.${status}`), text: t(`chat.notice.${status}_text`) };
    return split(faultText(fault));
  }

  #step(status: 'interrupted' | 'limited' | 'failed'): TemplateResult | typeof nothing {
    const { message } = this;
    if (status !== 'failed') return this.#button('continue', 'play', () => { act(this, { act: 'continue', message }); });
    switch (faultOf(message)?.code) {
      case 'chat.model_auth':
        if (session.value?.user.admin === true) return this.#providers();
        break;
      case 'chat.model_context':
        return this.#button('new', 'square-pen', newChat);
      default:
    }
    return this.#button('retry', 'refresh-cw', () => { act(this, { act: 'regenerate', message }); });
  }

  #providers(): TemplateResult {
    return html`<k-button size="sm" variant="primary" icon="plug" href=${PROVIDERS}>${t('chat.notice.providers')}</k-button>`;
  }

  #button(word: string, sign: string, run: () => void): TemplateResult {
    return html`<k-button size="sm" variant="primary" icon=${sign} ?disabled=${this.locked} @click=${run}>${t(`chat.notice.${word}`)}</k-button>`;
  }
}

define('m-chat-notice', ChatNotice);
