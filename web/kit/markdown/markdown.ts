/**
 * `k-markdown`: Markdown from a model, a person or a tool as a document.
 *
 * Set `text` again with more at its end and only the end is rendered; set it to something else and all of it is.
 *
 * @fires k-copy - `detail.text` is to be copied
 */
import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { MarkdownStream, type MarkdownParts } from '../../core/markdown/index.js';
import { base } from '../base.styles.js';
import { levelHeadings } from './headings.js';
import { styles } from './markdown.styles.js';
import { kitParts } from './parts.js';

/** A flush may take this share of the time at most, and none comes sooner after another than this (ms). */
const SHARE = 8;
const SOONEST_MS = 24;
const LATEST_MS = 250;

export class KMarkdown extends LitElement {
  static override styles = [base, styles];

  @property({ attribute: false }) text = '';
  /** More text is still to come. */
  @property({ type: Boolean }) live = false;
  /** Of the document's first heading, for screen readers. */
  @property({ type: Number, attribute: 'heading-level' }) headingLevel = 3;
  /** Images below this path of our own server are shown, `/api/files/`; '' for none. Set it before `text`. */
  @property() images = '';

  readonly #document = Object.assign(document.createElement('div'), { className: 'document' });
  readonly #parts: MarkdownParts = { ...kitParts, ownImage: (source) => this.#mayLoad(source) };
  #stream = new MarkdownStream(this.#document, this.#parts);
  #taken = '';
  #finished = false;
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override render(): TemplateResult {
    return html`${this.#document}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('text') || changed.has('live')) this.#take();
  }

  #take(): void {
    const grows = this.text.startsWith(this.#taken);
    if (!grows || (this.#finished && (this.live || this.text.length > this.#taken.length))) this.#restart();
    this.#stream.push(this.text.slice(this.#taken.length));
    this.#taken = this.text;
    if (this.live) this.#flushSoon();
    else this.#finish();
  }

  #restart(): void {
    this.#document.replaceChildren();
    this.#stream = new MarkdownStream(this.#document, this.#parts);
    this.#taken = '';
    this.#finished = false;
  }

  #mayLoad(source: string): boolean {
    if (this.images === '' || !URL.canParse(source, location.origin)) return false;
    const url = new URL(source, location.origin);
    return url.origin === location.origin && url.pathname.startsWith(this.images);
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stream.finish();
    this.#finished = true;
    levelHeadings(this.#document, this.headingLevel);
  }

  #flushSoon(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) {
      this.#flush();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, wait);
  }

  #flush(): void {
    const began = performance.now();
    this.#stream.flush();
    const cost = performance.now() - began;
    this.#notBefore = began + Math.min(LATEST_MS, Math.max(SOONEST_MS, SHARE * cost));
  }
}
