import { LitElement, css, html, nothing, type TemplateResult } from 'lit';

import { Watch, define, session, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/empty-state';
import { base } from '@modulon/kit/styles';

import { PROVIDERS } from '../../paths.js';
import { models, reasonOf } from '../../state/models.js';

function timeOfDay(hour = new Date().getHours()): 'morning' | 'day' | 'evening' {
  if (hour >= 5 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'day' : 'evening';
}

/** `m-chat-welcome`: the greeting over an empty chat; without a usable model, what to do about it. */
export class ChatWelcome extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        text-align: center;
      }
      h2 {
        font-size: var(--t-2xl);
        font-weight: 600;
        letter-spacing: -0.02em;
        line-height: 1.25;
        text-wrap: balance;
      }
      p {
        margin-block-start: var(--s2);
        color: var(--text-2);
        font-size: var(--t-body);
      }
      k-empty-state {
        padding-block: 0;
      }
      @media (max-width: 760px) {
        h2 {
          font-size: var(--t-xl);
        }
      }
    `,
  ];

  readonly #models = new Watch(this, models);
  readonly #session = new Watch(this, session);

  protected override render(): TemplateResult {
    const { items } = this.#models.value;
    if (items?.length === 0) return this.#noModel();
    const [first] = items?.every(({ available }) => !available) === true ? items : [];
    return first === undefined ? this.#greeting() : this.#unavailable(reasonOf(first));
  }

  get #admin(): boolean {
    return this.#session.value?.user.admin === true;
  }

  #greeting(): TemplateResult {
    const name = this.#session.value?.user.name ?? '';
    return html`<h2 dir="auto">${t(`chat.welcome.${timeOfDay()}`, { name })}</h2>
      <p>${t('chat.welcome.hint')}</p>`;
  }

  #noModel(): TemplateResult {
    const text = t(this.#admin ? 'chat.welcome.no_model_admin' : 'chat.welcome.no_model_member');
    return html`<k-empty-state icon="plug" heading=${t('chat.welcome.no_model')} text=${text}>${this.#link()}</k-empty-state>`;
  }

  #unavailable(reason: string): TemplateResult {
    const text = t('chat.welcome.unavailable_text', { reason });
    return html`<k-empty-state icon="unplug" heading=${t('chat.welcome.unavailable')} text=${text}>${this.#link()}</k-empty-state>`;
  }

  #link(): TemplateResult | typeof nothing {
    if (!this.#admin) return nothing;
    return html`<k-button variant="primary" icon="plug" href=${PROVIDERS}>${t('chat.welcome.providers')}</k-button>`;
  }
}

define('m-chat-welcome', ChatWelcome);
