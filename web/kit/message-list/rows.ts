/** The rows that are in the DOM: one `<article>` each, made, kept, measured and dropped here. */
import { render } from 'lit';

/** How a list shows its rows. */
export interface RowView<Row> {
  /** Stays the same while the row is the same, whatever changes in it. */
  key(row: Row): string;
  /** What a screen reader calls the row. */
  label(row: Row): string;
  /** A lit template. */
  template(row: Row, index: number): unknown;
  /** About how tall it will be, in CSS pixels, its gap included: how many rows are made depends on it. */
  height(row: Row): number;
}

/** Rows that just left the window are kept with their state (what is unfolded, how far code is scrolled). */
const KEPT = 40;

interface Mounted<Row> {
  article: HTMLElement;
  row: Row;
}

export class MountedRows<Row> {
  readonly #feed: HTMLElement;
  readonly #sizes: ResizeObserver;
  readonly #mounted = new Map<string, Mounted<Row>>();
  readonly #kept = new Map<string, Mounted<Row>>();
  #fresh: HTMLElement[] = [];
  #observing = 0;

  constructor(feed: HTMLElement, onResize: () => void) {
    this.#feed = feed;
    this.#sizes = new ResizeObserver(onResize);
  }

  get(key: string): HTMLElement | undefined {
    return this.#mounted.get(key)?.article;
  }

  /**
   * Puts rows `from` to `to` (exclusive) into the DOM, in order, and takes out all others.
   * @param before called before an article that holds the focus is taken out
   * @returns whether some were made just now; what is inside a new row renders itself after this, so that its height
   *   says nothing yet
   */
  mount(rows: readonly Row[], from: number, to: number, view: RowView<Row>, before: () => void): boolean {
    const wanted = new Map<string, number>();
    for (let index = from; index < to; index += 1) {
      const row = rows[index];
      if (row !== undefined) wanted.set(view.key(row), index);
    }
    for (const key of [...this.#mounted.keys()]) if (!wanted.has(key)) this.#drop(key, before);
    let next = this.#feed.firstElementChild;
    let made = false;
    for (const [key, index] of wanted) {
      const row = rows[index];
      if (row === undefined) continue;
      made ||= !this.#mounted.has(key) && !this.#kept.has(key);
      const article = this.#show(key, row, index, rows.length, view);
      if (article === next) next = next.nextElementSibling;
      else this.#feed.insertBefore(article, next);
    }
    return made;
  }

  /** Heights of the mounted rows, in CSS pixels, as they are laid out now. */
  measure(): Map<string, number> {
    const heights = new Map<string, number>();
    for (const [key, { article }] of this.#mounted) heights.set(key, article.getBoundingClientRect().height);
    return heights;
  }

  /** Renders mounted rows again, although they are the same objects: something they all depend on has changed. */
  invalidate(): void {
    for (const kept of [this.#mounted, this.#kept]) for (const entry of kept.values()) Reflect.deleteProperty(entry, 'row');
  }

  disconnect(): void {
    cancelAnimationFrame(this.#observing);
    this.#sizes.disconnect();
    for (const { article } of this.#mounted.values()) article.remove();
    this.#mounted.clear();
    this.#kept.clear();
  }

  #show(key: string, row: Row, index: number, count: number, view: RowView<Row>): HTMLElement {
    let entry = this.#mounted.get(key);
    if (entry === undefined) {
      entry = this.#kept.get(key) ?? { article: document.createElement('article'), row };
      this.#kept.delete(key);
      this.#mounted.set(key, entry);
      this.#observeSoon(entry.article);
    }
    const { article } = entry;
    if (entry.row !== row || !article.hasChildNodes()) {
      entry.row = row;
      article.tabIndex = -1;
      article.dataset['key'] = key;
      article.setAttribute('aria-label', view.label(row));
      render(view.template(row, index), article);
    }
    article.setAttribute('aria-posinset', String(index + 1));
    article.setAttribute('aria-setsize', String(count));
    return article;
  }

  /** In the next frame, since rows observed while sizes are being reported make the browser report an error. */
  #observeSoon(article: HTMLElement): void {
    this.#fresh.push(article);
    if (this.#observing !== 0) return;
    this.#observing = requestAnimationFrame(() => {
      this.#observing = 0;
      for (const fresh of this.#fresh.splice(0)) if (fresh.isConnected) this.#sizes.observe(fresh);
    });
  }

  #drop(key: string, before: () => void): void {
    const entry = this.#mounted.get(key);
    if (entry === undefined) return;
    if (entry.article.matches(':focus-within')) before();
    this.#sizes.unobserve(entry.article);
    entry.article.remove();
    this.#mounted.delete(key);
    this.#kept.set(key, entry);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
