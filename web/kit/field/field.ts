import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import { base } from '../base.styles.js';
import { control } from '../control.styles.js';
import { Focusable } from '../focusable.js';
import { icon } from '../icon/svg.js';
import '../icon-button/index.js';
import { words, type Unfit } from '../words/index.js';
import { styles } from './field.styles.js';
import { passwordStrength } from './strength.js';

type Kind = 'text' | 'email' | 'password' | 'search' | 'url' | 'number' | 'textarea';

/**
 * `<k-field label="Email" name="email" type="email" required>`: a labelled text box with hint and error. It takes part
 * in its form (`FormData`, `required`, Enter submits). `type="password"` can be revealed; with `meter` it tells its
 * strength. Slot `aside`: a link beside the label. Fires `input` and `change`.
 */
export class KField extends Focusable {
  static override styles = [base, control, styles];
  static readonly formAssociated = true;

  @property() label = '';
  /** Keeps the label for screen readers only. */
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  @property() name = '';
  @property() type: Kind = 'text';
  @property() value = '';
  @property() placeholder: string | undefined;
  @property() hint = '';
  @property() error = '';
  @property() autocomplete: AutoFill | '' = '';
  @property() inputmode: string | undefined;
  @property() icon = '';
  @property({ type: Number }) maxlength: number | undefined;
  @property({ type: Number }) minlength: number | undefined;
  @property({ type: Boolean }) required = false;
  @property({ type: Boolean }) disabled = false;
  @property({ type: Boolean }) meter = false;
  @property({ type: Boolean, reflect: true }) mono = false;
  @property({ type: Boolean, reflect: true }) compact = false;

  @state() private revealed = false;
  @query('.in') private readonly input!: HTMLInputElement | HTMLTextAreaElement | null;

  readonly #internals = this.attachInternals();
  #initial = '';

  override firstUpdated(): void {
    this.#initial = this.value;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('value') || changed.has('required') || changed.has('type')) this.#report();
  }

  formResetCallback(): void {
    this.value = this.#initial;
  }

  formDisabledCallback(disabled: boolean): void {
    this.disabled = disabled;
  }

  /** Shows what is missing or wrong; answers whether all is well. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** What is missing or wrong, in the person's language: the browser's own words are in the browser's. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  select(): void {
    this.input?.select();
  }

  override render(): TemplateResult {
    return html`<div class="field">
      <div class="label ${this.labelHidden ? 'sr' : ''}"><label for="in">${this.label}</label><slot name="aside"></slot></div>
      <div class="wrap ${this.icon ? 'lead' : ''} ${this.type === 'password' ? 'trail' : ''}">
        ${this.icon ? icon(this.icon, this.compact ? 'xs' : 's') : nothing}
        ${this.type === 'textarea' ? this.#area() : this.#line()} ${this.type === 'password' ? this.#reveal() : nothing}
      </div>
      ${this.meter ? this.#meter() : nothing}
      ${this.hint ? html`<div class="hint" id="hint">${this.hint}</div>` : nothing}
      <div id="error" aria-live="polite" ?hidden=${!this.error}>
        ${this.error ? html`<div class="error">${icon('circle-alert', 'xs')}<span>${this.error}</span></div>` : nothing}
      </div>
    </div>`;
  }

  get #describedBy(): string | undefined {
    const ids = [this.error && 'error', this.hint && 'hint', this.meter && 'meter'].filter(Boolean);
    return ids.length > 0 ? ids.join(' ') : undefined;
  }

  /** Addresses, keys and passwords run from left to right in every language; what people write, as they write it. */
  get #direction(): 'ltr' | 'auto' | undefined {
    if (this.mono || /^(email|password|url|number)$/.test(this.type)) return 'ltr';
    return this.value === '' ? undefined : 'auto';
  }

  #line(): TemplateResult {
    return html`<input
      class="in"
      dir=${ifDefined(this.#direction)}
      id="in"
      type=${this.type === 'password' && this.revealed ? 'text' : this.type}
      name=${this.name}
      .value=${live(this.value)}
      placeholder=${ifDefined(this.placeholder)}
      autocomplete=${ifDefined(this.autocomplete || undefined)}
      inputmode=${ifDefined(this.inputmode)}
      maxlength=${ifDefined(this.maxlength)}
      minlength=${ifDefined(this.minlength)}
      spellcheck=${this.mono || this.type !== 'text' ? 'false' : nothing}
      autocapitalize=${this.type === 'text' && !this.mono ? nothing : 'none'}
      ?required=${this.required}
      ?disabled=${this.disabled}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${ifDefined(this.#describedBy)}
      @input=${this.#changed}
      @change=${this.#passOn}
      @keydown=${this.#pressed}
    />`;
  }

  #area(): TemplateResult {
    return html`<textarea
      class="in"
      dir=${ifDefined(this.#direction)}
      id="in"
      name=${this.name}
      .value=${live(this.value)}
      placeholder=${ifDefined(this.placeholder)}
      maxlength=${ifDefined(this.maxlength)}
      ?required=${this.required}
      ?disabled=${this.disabled}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${ifDefined(this.#describedBy)}
      @input=${this.#changed}
      @change=${this.#passOn}
    ></textarea>`;
  }

  #reveal(): TemplateResult {
    return html`<k-icon-button
      icon=${this.revealed ? 'eye-off' : 'eye'}
      label=${this.revealed ? words.hide : words.show}
      @click=${(): void => {
        this.revealed = !this.revealed;
      }}
    ></k-icon-button>`;
  }

  #meter(): TemplateResult {
    const score = this.value ? passwordStrength(this.value) : 0;
    const bars = [1, 2, 3, 4].map((step) => html`<i class=${step <= score ? 'on' : ''}></i>`);
    const text = this.value ? words.strength(score, this.value.length) : '';
    return html`<div class="meter m${score}" id="meter">${bars}<span>${text}</span></div>`;
  }

  readonly #changed = (): void => {
    this.value = this.input?.value ?? '';
    this.error = '';
  };

  readonly #passOn = (): void => {
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) this.#internals.form?.requestSubmit();
  };

  #report(): void {
    this.#internals.setFormValue(this.value);
    const { input } = this;
    if (!input || input.validity.valid) this.#internals.setValidity({});
    else this.#internals.setValidity(input.validity, words.unfit(faultOf(input), this.minlength ?? 0), input);
  }
}

function faultOf({ type, validity }: HTMLInputElement | HTMLTextAreaElement): Unfit {
  if (validity.valueMissing) return 'missing';
  if (validity.typeMismatch && type === 'email') return 'email';
  return validity.tooShort ? 'short' : 'other';
}
