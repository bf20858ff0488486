import { define, navigate, pageState, route, session, setPageTitle, t } from '@modulon/sdk';
import '@modulon/kit/empty-state';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/logo';
import { base } from '@modulon/kit/styles';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import '../../components/setup-account/setup-account.js';
import '../../components/setup-model/setup-model.js';
import type { FirstModel } from '../../components/setup-model/setup-model.js';
import '../../components/setup-ready/setup-ready.js';
import '../../components/setup-steps/setup-steps.js';
import type { Step } from '../../components/setup-steps/setup-steps.js';
import { styles } from './setup.styles.js';

/** The one-time token of the set-up link: behind the `#`, so that it reaches no log. */
function tokenOf(hash: string): string {
  return new URLSearchParams(hash).get('token') ?? '';
}

/** First start: the account that looks after the server, a model, and an overview. */
export class AccountsSetup extends LitElement {
  static override styles = [base, styles];

  @state() private step = 0;
  @state() private model: FirstModel | undefined;

  readonly #token = tokenOf(route.value.hash);
  readonly #steps: readonly Step[] = this.#make();

  #make(): Step[] {
    const all = ['account', 'model', 'ready'];
    const withModel = pageState.modules.some((module) => module.contributes.ui.some((one) => one.slot === 'setup.step'));
    return all
      .filter((id) => id !== 'model' || withModel)
      .map((id) => ({ id, title: t(`accounts.setup.${id}`), about: t(`accounts.setup.${id}_about`) }));
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('step') && this.step > 0) {
      setPageTitle(this.#steps[this.step]?.title ?? '');
      this.renderRoot.querySelector<HTMLElement>('.work')?.focus();
    }
  }

  override render(): TemplateResult {
    return html`<div class="lead">
        <span class="brand"><k-logo size="26"></k-logo>Modulon</span>
        <div class="intro">
          <h1>${t('accounts.setup.heading')}</h1>
          <p>${t('accounts.setup.intro')}</p>
        </div>
        <m-accounts-setup-steps .steps=${this.#steps} .current=${this.step}></m-accounts-setup-steps>
        <ul class="facts">
          <li>${icon('lock', 's')}${t('accounts.setup.private')}</li>
          <li>${icon('clock', 's')}${t('accounts.setup.once')}</li>
        </ul>
      </div>
      <div class="main"><div class="work" tabindex="-1">${this.#work()}</div></div>`;
  }

  #work(): TemplateResult {
    if (this.#token === '' && !session.value) {
      return html`<k-empty-state
        icon="link"
        heading=${t('accounts.setup.no_token')}
        text=${t('accounts.setup.no_token_about')}
      ></k-empty-state>`;
    }
    switch (this.#steps[this.step]?.id) {
      case 'account':
        return html`<m-accounts-setup-account .token=${this.#token} @k-done=${this.#next}></m-accounts-setup-account>`;
      case 'model':
        return html`<m-accounts-setup-model @k-done=${this.#chosen}></m-accounts-setup-model>`;
      default:
        return html`<m-accounts-setup-ready .model=${this.model}></m-accounts-setup-ready>`;
    }
  }

  readonly #next = (): void => {
    // The token has been used: it need not stay in the address.
    navigate('/setup', { replace: true });
    this.step += 1;
  };

  readonly #chosen = (event: CustomEvent<FirstModel | undefined>): void => {
    this.model = event.detail ?? undefined;
    this.step += 1;
  };
}

define('m-accounts-setup', AccountsSetup);
