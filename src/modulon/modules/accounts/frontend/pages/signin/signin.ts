import { ApiError, define, errorText, loadSession, setTheme, t, theme, Watch, type Theme } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/field';
import '@modulon/kit/logo';
import '@modulon/kit/menu';
import type { MenuEntry } from '@modulon/kit/menu';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { signIn } from '../../api.js';
import { styles } from './signin.styles.js';

/** The sign-in page. Whether an account exists is never told. */
export class AccountsSignIn extends LitElement {
  static override styles = [base, styles];

  @state() private busy = false;
  @state() private problem: { heading: string; more: string } | undefined;
  @query('form') private readonly form!: HTMLFormElement;

  readonly #theme = new Watch(this, theme);

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('k-field')?.focus();
  }

  override render(): TemplateResult {
    return html`<div class="middle">
        <div class="column">
          <div class="head">
            <k-logo size="40"></k-logo>
            <h1>${t('accounts.signin.heading')}</h1>
            <p>${location.host}</p>
          </div>
          ${this.#card()}
          <p class="help"><span>${t('accounts.signin.closed')}</span><span>${t('accounts.signin.ask')}</span></p>
        </div>
      </div>
      <footer>
        <k-menu placement="top-start" .items=${this.#themes()}>
          <k-button slot="trigger" size="sm" variant="quiet" icon="sun-moon">${t('accounts.signin.theme')}</k-button>
        </k-menu>
      </footer>`;
  }

  #card(): TemplateResult {
    const { problem } = this;
    return html`<form @submit=${this.#submit} novalidate>
      ${problem ? html`<k-banner tone="bad" role="alert" heading=${problem.heading}>${problem.more}</k-banner>` : nothing}
      <k-field label=${t('accounts.signin.email')} name="email" type="email" autocomplete="username" inputmode="email" required></k-field>
      <k-field
        label=${t('accounts.signin.password')}
        name="password"
        type="password"
        autocomplete="current-password"
        placeholder=${t('accounts.signin.placeholder')}
        required
      ></k-field>
      <k-button type="submit" variant="primary" size="lg" wide ?loading=${this.busy}>${t('accounts.signin.submit')}</k-button>
    </form>`;
  }

  #themes(): MenuEntry[] {
    const modes: [Theme['mode'], string][] = [['system', 'sun-moon'], ['light', 'sun'], ['dark', 'moon']];
    return modes.map(([mode, icon]) => ({
      id: mode,
      icon,
      label: t(`accounts.preferences.${mode}`),
      checked: this.#theme.value.mode === mode,
      run: () => setTheme({ mode }),
    }));
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.form.reportValidity()) return;
    const data = new FormData(this.form);
    this.busy = true;
    this.problem = undefined;
    try {
      await signIn(text(data, 'email').trim(), text(data, 'password'));
      // The shell sees the session and goes on to where the person wanted to be.
      await loadSession();
    } catch (error) {
      this.#failed(error);
    }
    this.busy = false;
  };

  #failed(error: unknown): void {
    const of = (key: string, more: string): void => {
      this.problem = { heading: t(`accounts.signin.${key}`), more };
    };
    const status = error instanceof ApiError ? error.status : 0;
    const params = error instanceof ApiError ? error.params : {};
    if (status === 401) {
      of('wrong', t(Number(params['tries'] ?? 0) > 0 ? 'accounts.signin.wrong_tries' : 'accounts.signin.wrong_more', params));
    } else if (status === 429) of('paused', t('accounts.signin.paused_more', { minutes: Number(params['minutes'] ?? 1) }));
    else of('failed', errorText(error, 'accounts'));
    this.renderRoot.querySelector<HTMLElement>('k-field[name=password]')?.focus();
  }
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

define('m-accounts-signin', AccountsSignIn);
