import { copyText, define, randomId, session, Submission, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/checkbox';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/select';
import { base } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { createKey, SCOPES, type NewApiKey, type Scope } from '../../api.js';
import { styles } from './new-key.styles.js';

const DAYS = [30, 90, 365];
const DAY_MS = 86_400_000;

/** The dialog that makes an API key and shows it once. Fires `k-created` and `k-close`. */
export class AccountsNewKey extends LitElement {
  static override styles = [base, styles];

  @property({ type: Boolean }) open = false;
  @state() private made: NewApiKey | undefined;

  readonly #sent = new Submission(this, { module: 'accounts' });

  /** The same for a repeated try, so that only one key is made. */
  #idempotencyKey = randomId();

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.#idempotencyKey = randomId();
    this.made = undefined;
    this.#sent.refuse();
  }

  override render(): TemplateResult {
    const { made } = this;
    const heading = t(made ? 'accounts.keys.made_title' : 'accounts.keys.new_title');
    return html`<k-dialog
      ?open=${this.open}
      heading=${heading}
      text=${t(made ? 'accounts.keys.made_about' : 'accounts.keys.new_about')}
      @k-close=${this.#close}
    >
      ${made ? this.#reveal(made) : this.#ask()}
    </k-dialog>`;
  }

  #ask(): TemplateResult {
    const scopes = SCOPES.filter((scope) => scope !== 'admin' || session.value?.user.admin === true);
    const expiries = [
      ...DAYS.map((n) => ({ value: String(n), label: t('accounts.keys.expires_days', { n }) })),
      { value: '', label: t('accounts.keys.expires_never') },
    ];
    return html`<form @submit=${this.#submit} novalidate>
        <k-field
          autofocus
          label=${t('accounts.keys.name')}
          name="name"
          placeholder=${t('accounts.keys.name_placeholder')}
          maxlength="80"
          required
        ></k-field>
        <fieldset>
          <legend>${t('accounts.keys.scopes')}</legend>
          ${scopes.map((scope) => this.#scope(scope))}
        </fieldset>
        <k-select label=${t('accounts.keys.expires')} name="days" value="90" .options=${expiries}></k-select>
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      </form>
      ${formButtons({ cancel: t('accounts.keys.cancel'), submit: t('accounts.keys.create') }, this.#sent.busy)}`;
  }

  #scope(scope: Scope): TemplateResult {
    return html`<k-checkbox
      name="scopes"
      value=${scope}
      ?checked=${scope === 'inference'}
      label=${t(`accounts.keys.scope.${scope}`)}
      hint=${t(`accounts.keys.scope.${scope}_about`)}
    ></k-checkbox>`;
  }

  #reveal(made: NewApiKey): TemplateResult {
    return html`<div class="made">
        <span class="sign">${icon('key-round', 's')}</span>
        <code translate="no">${made.key}</code>
      </div>
      <k-button slot="footer" variant="line" icon="copy" @click=${(): void => void this.#copy(made.key)}>${t('accounts.keys.copy')}</k-button>
      <k-button slot="footer" variant="primary" @click=${this.#close}>${t('accounts.keys.done')}</k-button>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const name = data.get('name') as string;
      const scopes = data.getAll('scopes') as Scope[];
      if (scopes.length === 0) {
        this.#sent.refuse(t('accounts.keys.no_scope'));
        return;
      }
      this.made = await createKey({ name: name.trim(), scopes, ...expiry(Number(data.get('days'))) }, this.#idempotencyKey);
      this.dispatchEvent(new CustomEvent('k-created'));
    });

  async #copy(key: string): Promise<void> {
    const copied = await copyText(key);
    toast(t(copied ? 'accounts.keys.copied' : 'accounts.keys.not_copied'), { tone: copied ? 'ok' : 'bad' });
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

/** When a key runs out, if it does: *days* from now. */
function expiry(days: number): { expires_at?: string } {
  return days > 0 ? { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() } : {};
}

define('m-accounts-new-key', AccountsNewKey);
