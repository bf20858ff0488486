/**
 * `k-code-block`: code with its language, a switch to wrap lines and a button that copies it.
 *
 * It may still grow: `grow` adds text, `complete` says that no more will come.
 *
 * @fires k-copy - `detail.text` is to be copied
 */
import { LitElement, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon } from '../icon/svg.js';
import { askToCopy } from '../markdown/copy.js';
import { documentWords as words } from '../markdown/words.js';
import { styles } from './code-block.styles.js';
import { Colouring } from './colouring.js';
import { languageName } from './languages.js';

const COPIED_MS = 1600;

export class KCodeBlock extends LitElement {
  static override styles = [base, styles];

  /** As it stands behind the fence: `ts`, `py`. To be set before the first text. */
  @property() language = '';
  @state() private wrapped = false;
  @state() private copied = false;

  readonly #code = document.createElement('code');
  #colouring: Colouring | undefined;

  get text(): string {
    return this.#colouring?.text ?? '';
  }

  grow(text: string): void {
    this.#colour().append(text);
  }

  complete(): void {
    this.#colour().close();
  }

  protected override render(): TemplateResult {
    const name = languageName(this.language);
    const [copyIcon, copyWord] = this.copied ? ['check', words.copied] : ['copy', words.copy];
    return html`
      <header>
        <span class="language">${name}</span>
        <button type="button" aria-pressed=${this.wrapped} @click=${this.#toggleWrap}>
          ${icon('wrap-text', 'xs')}<span class="sr">${words.wrap}</span>
        </button>
        <button type="button" @click=${this.#copy}>${icon(copyIcon, 'xs')}${copyWord}</button>
      </header>
      <pre
        class=${this.wrapped ? 'wrap' : ''}
        tabindex="0"
        role="group"
        aria-label=${name === '' ? words.code : words.codeIn(name)}
      >${this.#code}</pre>
    `;
  }

  #colour(): Colouring {
    return (this.#colouring ??= new Colouring(this.#code, this.language));
  }

  readonly #toggleWrap = (): void => {
    this.wrapped = !this.wrapped;
  };

  readonly #copy = (): void => {
    askToCopy(this, this.text);
    this.copied = true;
    setTimeout(() => (this.copied = false), COPIED_MS);
  };
}
