import { define } from '@modulon/sdk';
import { base } from '@modulon/kit/styles';
import { html, LitElement, type TemplateResult } from 'lit';

import { step } from '../setup.styles.js';

/** What the step of the set-up says about the model it found. */
export interface FirstModel {
  provider: string;
  host: string;
  local: boolean;
  models: number;
}

/** Step 2: what modules contribute to `setup.step`; it fires `k-done` with what was chosen, or with nothing. */
export class AccountsSetupModel extends LitElement {
  static override styles = [base, step];

  override render(): TemplateResult {
    return html`<modulon-slot name="setup.step" @k-done=${this.#done}></modulon-slot>`;
  }

  readonly #done = (event: CustomEvent<FirstModel | undefined>): void => {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('k-done', { detail: event.detail }));
  };
}

define('m-accounts-setup-model', AccountsSetupModel);
