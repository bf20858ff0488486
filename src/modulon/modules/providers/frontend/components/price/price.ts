import { define, Submission, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import '@modulon/kit/select';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { readAmount, writeAmount } from '../../amount.js';
import { changeModel, type Price, type Provider, type ProviderModel } from '../../api.js';
import { currencyOptions } from './currencies.js';

const KINDS = ['input', 'output', 'cached'] as const;
type Kind = (typeof KINDS)[number];
/** Where an amount stands in what is sent. */
const pointer = (kind: Kind): string => `price/${kind}`;
/** A million tokens cost no more, in whatever currency. */
const MOST = 100_000_000;

/** The dialog that sets what a model costs. Fires `k-saved` (detail: the model) and `k-close`. */
export class ProvidersPrice extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: var(--s4);
        grid-template-columns: repeat(2, minmax(0, 1fr));
        align-items: start;
      }
      k-banner {
        grid-column: 1 / -1;
      }
      @media (max-width: 30rem) {
        form {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) provider!: Provider;
  /** The model to price; nothing while the dialog is closed. */
  @property({ attribute: false }) model: ProviderModel | undefined;


  readonly #sent = new Submission(this, { module: 'providers', fields: KINDS.map(pointer) });

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) this.#sent.refuse();
  }

  override render(): TemplateResult {
    const { model } = this;
    const heading = t('providers.price.title', { model: model?.model_name ?? '' });
    return html`<k-dialog ?open=${model !== undefined} heading=${heading} text=${this.#about(model)} @k-close=${this.#close}>
      ${model === undefined ? nothing : this.#form(model.price)}
      ${formButtons({ cancel: t('providers.dialog.cancel'), submit: t('providers.dialog.save') }, this.#sent.busy)}
    </k-dialog>`;
  }

  #about(model: ProviderModel | undefined): string {
    const about = t('providers.price.about');
    return model?.price_by === 'provider' ? `${about} ${t('providers.price.listed')}` : about;
  }

  #form(price: Price | null): TemplateResult {
    const currency = price?.currency ?? 'USD';
    return html`<form novalidate @submit=${this.#submit}>
      ${KINDS.map((kind) => this.#amount(kind, price?.[kind] ?? null))}
      <k-select name="currency" label=${t('providers.price.currency')} .options=${currencyOptions(currency)} .value=${currency}></k-select>
      ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
    </form>`;
  }

  #amount(kind: Kind, amount: string | null): TemplateResult {
    return html`<k-field
      mono
      ?autofocus=${kind === 'input'}
      name=${kind}
      inputmode="decimal"
      autocomplete="off"
      maxlength="24"
      label=${t(`providers.price.${kind}`)}
      hint=${kind === 'cached' ? t('providers.price.cached_hint') : ''}
      .value=${amount === null ? '' : writeAmount(amount)}
      .error=${this.#sent.fields[pointer(kind)] ?? ''}
    ></k-field>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const price = this.#written(data);
      if (price === undefined || !this.model) return;
      const detail = await changeModel(this.provider.id, this.model.id, { price });
      this.dispatchEvent(new CustomEvent('k-saved', { detail }));
      this.#close();
    });

  /** What the form says: `null` if it is empty, nothing if something in it is wrong, which is shown then. */
  #written(data: FormData): Price | null | undefined {
    const texts = KINDS.map((kind) => [kind, (data.get(kind) as string).trim()] as const);
    if (texts.every(([, text]) => text === '')) return null;
    const wrong = texts.map(([kind, text]) => [pointer(kind), fault(kind, text)] as const).filter(([, why]) => why !== '');
    if (wrong.length > 0) {
      this.#sent.refuse('', Object.fromEntries(wrong));
      return undefined;
    }
    const [input, output, cached] = texts.map(([, text]) => readAmount(text));
    return { input: input ?? '', output: output ?? '', cached: cached ?? null, currency: data.get('currency') as string };
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

/** What is wrong with an amount; '' if nothing is. */
function fault(kind: Kind, text: string): string {
  if (text === '') return kind === 'cached' ? '' : t('providers.price.missing');
  const amount = readAmount(text);
  if (amount === undefined) return t('providers.price.wrong');
  return Number(amount) > MOST ? t('providers.errors.price_high', { maximum: MOST }) : '';
}

define('m-providers-price', ProvidersPrice);
