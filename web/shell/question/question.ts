import { html, LitElement, nothing, type TemplateResult } from 'lit';

import { question, type OpenQuestion } from '../../core/dialogs.js';
import { t } from '../../core/i18n/index.js';
import { Watch } from '../../core/watch.js';
import '../../kit/button/index.js';
import '../../kit/dialog/index.js';

/** The dialog in which `confirm()` asks. The focus starts on the safe answer. */
export class ModulonQuestion extends LitElement {
  readonly #question = new Watch(this, question);

  override render(): TemplateResult | typeof nothing {
    const asked = this.#question.value;
    return asked ? this.#dialog(asked) : nothing;
  }

  #dialog(asked: OpenQuestion): TemplateResult {
    const no = (): void => {
      asked.answer(false);
    };
    return html`<k-dialog open bare heading=${asked.title} text=${asked.text} @k-close=${no}>
      <k-button slot="footer" variant="line" autofocus @click=${no}>${asked.cancel ?? t('shell.question.cancel')}</k-button>
      <k-button
        slot="footer"
        variant=${asked.danger ? 'danger' : 'primary'}
        @click=${(): void => {
          asked.answer(true);
        }}
        >${asked.confirm}</k-button
      >
    </k-dialog>`;
  }
}

customElements.define('modulon-question', ModulonQuestion);
