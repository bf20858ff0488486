import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';

import { base } from '../base.styles.js';
import { control } from '../control.styles.js';
import { Focusable } from '../focusable.js';
import { icon } from '../icon/svg.js';

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

/** `<k-select label="Kind" name="kind" .options=${[{ value, label }]}>`: the browser's own select, labelled, in its form. */
export class KSelect extends Focusable {
  static override styles = [
    base,
    control,
    css`
      :host {
        display: grid;
        gap: 0.375rem;
        grid-template-columns: minmax(0, 1fr);
      }
      .wrap {
        position: relative;
      }
      select.in {
        appearance: none;
        padding-inline-end: 2.25rem;
        cursor: pointer;
        text-overflow: ellipsis;
      }
      svg {
        position: absolute;
        inset-block: 0;
        inset-inline-end: 0.75rem;
        margin-block: auto;
        color: var(--text-3);
        pointer-events: none;
      }
      :host([compact]) .in {
        block-size: var(--ctl-sm);
        border-radius: var(--r-sm);
        font-size: var(--t-sm);
        box-shadow: inset 0 0 0 1px var(--line);
      }
    `,
  ];
  static readonly formAssociated = true;

  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  @property() name = '';
  @property() value = '';
  @property() hint = '';
  @property({ attribute: false }) options: readonly Option[] = [];
  @property({ type: Boolean }) disabled = false;
  @property({ type: Boolean, reflect: true }) compact = false;
  @query('select') private readonly select!: HTMLSelectElement;

  readonly #internals = this.attachInternals();

  override updated(): void {
    this.#internals.setFormValue(this.value);
  }

  override render(): TemplateResult {
    return html`<div class="label ${this.labelHidden ? 'sr' : ''}"><label for="in">${this.label}</label></div>
      <div class="wrap">
        <select
          class="in"
          id="in"
          ?disabled=${this.disabled}
          aria-describedby=${ifDefined(this.hint ? 'hint' : undefined)}
          @change=${this.#changed}
        >
          ${this.options.map(
            (option) =>
              html`<option value=${option.value} ?selected=${option.value === this.value} ?disabled=${option.disabled === true}>${option.label}</option>`,
          )}
        </select>
        ${icon('chevron-down', 's')}
      </div>
      ${this.hint ? html`<div class="hint" id="hint">${this.hint}</div>` : nothing}`;
  }

  readonly #changed = (): void => {
    this.value = this.select.value;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };
}
