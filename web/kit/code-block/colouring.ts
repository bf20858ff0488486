/** Colours the text of a code block as it grows, without ever changing the text. */
import { colouredText, highlight } from '../../core/markdown/highlight.js';

/** While text still comes, colours follow at least this far apart (ms), and the further the longer they take. */
const INTERVAL_MS = 400;
const COST_FACTOR = 8;

export class Colouring {
  readonly #code: HTMLElement;
  /** What came after the part that has colours. */
  readonly #tail = document.createTextNode('');
  #text = '';
  #coloured = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #notBefore = 0;
  #final = false;

  constructor(
    code: HTMLElement,
    readonly language: string,
  ) {
    this.#code = code;
    code.append(this.#tail);
  }

  get text(): string {
    return this.#text;
  }

  append(text: string): void {
    this.#text += text;
    this.#tail.appendData(text);
    this.#schedule(INTERVAL_MS);
  }

  /** No more text will come. */
  close(): void {
    this.#final = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule(0);
  }

  #schedule(wait: number): void {
    if (this.#timer !== undefined || this.#busy || this.language === '' || this.#coloured === this.#text.length) return;
    const delay = this.#final ? 0 : Math.max(wait, this.#notBefore - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#colour();
    }, delay);
  }

  async #colour(): Promise<void> {
    this.#busy = true;
    const text = this.#text;
    const colours = await highlight(text, this.language);
    this.#busy = false;
    if (colours === null) return;
    const began = performance.now();
    this.#tail.data = this.#text.slice(text.length);
    this.#code.replaceChildren(colouredText(text, colours), this.#tail);
    this.#coloured = text.length;
    this.#notBefore = performance.now() + COST_FACTOR * (performance.now() - began);
    this.#schedule(INTERVAL_MS);
  }
}
