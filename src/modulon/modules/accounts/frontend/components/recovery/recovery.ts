import { ApiError, define, errorText, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/state';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import { newRecoveryKey, recoverySaved, recoveryState, type RecoveryState } from '../../api.js';
import { styles } from '../new-key/new-key.styles.js';
import '../recovery-key/recovery-key.js';

const TONES = { saved: 'ok', unsaved: 'warn', none: 'warn' } as const;

/** Whether the server's recovery key is kept safe, and how to make another one. For administrators. */
export class AccountsRecovery extends LitElement {
  static override styles = [
    base,
    page,
    settingsPage,
    styles,
    css`
      :host {
        display: block;
      }
      .line > svg {
        color: var(--text-3);
      }
    `,
  ];

  @state() private standing: RecoveryState | undefined;
  @state() private asking = false;
  @state() private key = '';
  @state() private kept = false;
  @state() private busy = false;
  @state() private problem = '';
  @state() private wrong = '';
  @query('form') private readonly form!: HTMLFormElement;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    const { standing } = this;
    return html`<div class="box line">
        ${icon('key-round')}
        <span class="two"><b>${t('accounts.recovery.title')}</b><small>${t('accounts.recovery.what')}</small></span>
        ${standing ? html`<k-state tone=${TONES[standing]}>${t(`accounts.recovery.${standing === 'saved' ? 'safe' : standing}`)}</k-state>` : nothing}
        <k-button variant="line" size="sm" @click=${this.#ask}>${t('accounts.recovery.renew')}</k-button>
      </div>
      <k-dialog
        ?open=${this.asking}
        heading=${t('accounts.recovery.renew_title')}
        text=${this.key ? '' : t('accounts.recovery.renew_text')}
        @k-close=${this.#close}
      >
        ${this.key ? this.#reveal() : this.#prove()}
      </k-dialog>`;
  }

  #prove(): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
        <k-field autofocus label=${t('accounts.password.current')} name="current" type="password" autocomplete="current-password" required .error=${this.wrong}></k-field>
        ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
      </form>
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t('accounts.keys.cancel')}</k-button>
      <k-button
        slot="footer"
        variant="primary"
        ?loading=${this.busy}
        @click=${(): void => {
          this.form.requestSubmit();
        }}
        >${t('accounts.recovery.make')}</k-button
      >`;
  }

  #reveal(): TemplateResult {
    return html`<m-accounts-recovery-key
        .key=${this.key}
        @k-saved=${(event: CustomEvent<boolean>): void => {
          this.kept = event.detail;
        }}
      ></m-accounts-recovery-key>
      <k-button slot="footer" variant="primary" ?disabled=${!this.kept} ?loading=${this.busy} @click=${this.#saved}>${t('accounts.keys.done')}</k-button>`;
  }

  async #load(): Promise<void> {
    // Without it the button still works: the state is only told.
    this.standing = await recoveryState().catch(() => undefined);
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.form.reportValidity()) return;
    this.busy = true;
    this.problem = this.wrong = '';
    try {
      this.key = await newRecoveryKey(new FormData(this.form).get('current') as string);
      this.standing = 'unsaved';
    } catch (error) {
      if (error instanceof ApiError && error.code === 'identity.password_wrong') this.wrong = t('accounts.password.wrong');
      else this.problem = errorText(error, 'accounts');
    }
    this.busy = false;
  };

  readonly #saved = async (): Promise<void> => {
    this.busy = true;
    try {
      await recoverySaved();
      this.standing = 'saved';
      this.#close();
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
    this.busy = false;
  };

  readonly #ask = (): void => {
    this.key = this.problem = this.wrong = '';
    this.kept = false;
    this.asking = true;
  };

  readonly #close = (): void => {
    this.asking = false;
    this.key = '';
  };
}

define('m-accounts-recovery', AccountsRecovery);
