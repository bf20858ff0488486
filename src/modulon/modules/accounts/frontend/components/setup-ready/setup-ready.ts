import { define, navigate, session, t } from '@modulon/sdk';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { base, page } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import type { FirstModel } from '../setup-model/setup-model.js';
import { step } from '../setup.styles.js';

interface Line {
  ok: boolean;
  title: string;
  about: string;
  action?: { label: string; href: string };
}

const NEXT = [
  { key: 'chat', icon: 'message-square', href: '/' },
  { key: 'providers', icon: 'plug', href: '/settings/providers' },
  { key: 'keys', icon: 'key-round', href: '/settings/keys' },
];

/** Step 3: how the server starts, what is weak about it, and where to go. */
export class AccountsSetupReady extends LitElement {
  static override styles = [
    base,
    page,
    step,
    css`
      ul {
        list-style: none;
        padding: 0;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        padding: 0.625rem var(--s4);
        min-block-size: 3.25rem;
      }
      li + li {
        border-block-start: 1px solid var(--line);
      }
      .sign {
        display: grid;
        color: var(--ok);
      }
      .sign.weak {
        color: var(--warn);
      }
      .two {
        flex: 1;
      }
      .two small {
        white-space: normal;
      }
      .next {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--s3);
      }
      .next a {
        display: grid;
        gap: 0.375rem;
        align-content: start;
        padding: 0.875rem;
        border-radius: var(--r-lg);
        text-decoration: none;
        color: var(--text);
        background: var(--surface);
        box-shadow: inset 0 0 0 1px var(--line);
      }
      .next a:hover {
        background: color-mix(in oklch, var(--text) 3%, var(--surface));
      }
      .next svg {
        color: var(--accent);
      }
      .next b {
        font-weight: 550;
      }
      .next small {
        color: var(--text-3);
        font-size: var(--t-xs);
        line-height: 1.45;
      }
      @media (max-width: 47.5rem) {
        .next {
          grid-template-columns: minmax(0, 1fr);
        }
        .next a {
          grid-template-columns: auto 1fr;
          column-gap: 0.75rem;
          align-items: center;
        }
        .next svg {
          grid-row: span 2;
        }
        .next small {
          margin-block-start: -0.25rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) model: FirstModel | undefined;

  override render(): TemplateResult {
    return html`<header>
        <h2>${t('accounts.setup.ready_heading')}</h2>
        <p>${t('accounts.setup.ready_intro')}</p>
      </header>
      <ul class="box">
        ${[this.#account(), this.#model(), this.#connection()].map((line) => this.#line(line))}
      </ul>
      <div class="next">
        ${NEXT.map(
          ({ key, icon: name, href }) =>
            html`<a href=${href}>${icon(name)}<b>${t(`accounts.setup.${key}`)}</b><small>${t(`accounts.setup.${key}_about`)}</small></a>`,
        )}
      </div>
      <div class="end">
        <k-button
          variant="primary"
          @click=${(): void => {
            navigate('/');
          }}
          >${t('accounts.setup.open')}</k-button
        >
      </div>`;
  }

  #line({ ok, title, about, action }: Line): TemplateResult {
    return html`<li>
      <span class="sign ${ok ? '' : 'weak'}">${icon(ok ? 'circle-check' : 'triangle-alert')}</span>
      <span class="two"><b>${title}</b><small>${about}</small></span>
      ${action ? html`<k-button size="sm" variant="link" href=${action.href}>${action.label}</k-button>` : nothing}
    </li>`;
  }

  #account(): Line {
    const user = session.value?.user;
    return { ok: true, title: user?.name ?? '', about: t('accounts.setup.looks_after', { email: user?.email ?? '' }) };
  }

  #model(): Line {
    const { model } = this;
    if (!model) {
      const action = { label: t('accounts.setup.add'), href: '/settings/providers' };
      return { ok: false, title: t('accounts.setup.model_none'), about: t('accounts.setup.model_none_about'), action };
    }
    return {
      ok: true,
      title: t('accounts.setup.model_ready', { n: model.models, provider: model.provider }),
      about: model.local ? t('accounts.setup.model_local') : t('accounts.setup.model_cloud', { host: model.host }),
    };
  }

  #connection(): Line {
    const ok = session.value?.connection.encrypted === true;
    const key = ok ? 'encrypted' : 'plain';
    return { ok, title: t(`accounts.setup.${key}`), about: t(`accounts.setup.${key}_about`) };
  }
}

define('m-accounts-setup-ready', AccountsSetupReady);
