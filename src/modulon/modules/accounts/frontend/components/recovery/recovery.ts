import { define, errorText, Submission, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/state';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

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
  @state() private keeping = false;

  readonly #sent = new Submission(this, {
    module: 'accounts',
    fields: ['current'],
  });

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
        <k-field autofocus label=${t('accounts.password.current')} name="current" type="password" autocomplete="current-password" required .error=${this.#sent.fields['current'] ?? ''}></k-field>
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      </form>
      ${formButtons({ cancel: t('accounts.keys.cancel'), submit: t('accounts.recovery.make') }, this.#sent.busy)}`;
  }

  #reveal(): TemplateResult {
    return html`<m-accounts-recovery-key
        .key=${this.key}
        @k-saved=${(event: CustomEvent<boolean>): void => {
          this.kept = event.detail;
        }}
      ></m-accounts-recovery-key>
      <k-button slot="footer" variant="primary" ?disabled=${!this.kept} ?loading=${this.keeping} @click=${this.#saved}>${t('accounts.keys.done')}</k-button>`;
  }

  async #load(): Promise<void> {
    // Without it the button still works: the state is only told.
    this.standing = await recoveryState().catch(() => undefined);
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      this.key = await newRecoveryKey(data.get('current') as string);
      this.standing = 'unsaved';
    });

  readonly #saved = async (): Promise<void> => {
    this.keeping = true;
    try {
      await recoverySaved();
      this.standing = 'saved';
      this.#close();
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
    this.keeping = false;
  };

  readonly #ask = (): void => {
    this.key = '';
    this.kept = false;
    this.#sent.refuse();
    this.asking = true;
  };

  readonly #close = (): void => {
    this.asking = false;
    this.key = '';
  };
}

define('m-accounts-recovery', AccountsRecovery);
