/**
 * `k-message-list`: a feed of rows of any height, of which only those near the window are in the DOM.
 *
 * It either follows the end or holds on to an anchor: the first row in view and how far it is from the top. Whatever
 * changes above, below or in between, the anchor stays where it is. Any scroll upwards frees it from the end, and so
 * does a `k-hold` event from a row in which something is unfolded by hand.
 *
 * @fires k-follow-change - following or freed, or new rows came meanwhile; `detail` is a `FollowChange`
 * @fires k-reach-start - the first row comes near; `detail` is empty
 * @slot start - above the first row
 * @slot overlay - over the list, at its end
 * @cssprop --list-gap - space under each row
 * @cssprop --list-pad-start, --list-pad-end, --list-pad-inline - space around the rows
 */
import { LitElement, html, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';

import { Heights } from './heights.js';
import { styles } from './message-list.styles.js';
import { MountedRows, type RowView } from './rows.js';

export interface FollowChange {
  following: boolean;
  /** Whether there is something to see below the window. */
  away: boolean;
  /** Rows that came after the last one that was seen. */
  unseen: number;
}

interface Anchor {
  key: string;
  /** Distance of the row's top from the top of the window, negative if it is above. */
  delta: number;
}

const OVERSCAN = 800;
/** Within this distance of the end, in pixels, a scroll downwards counts as having arrived. */
const AT_END = 4;
/** Nearer than this, in pixels, the end needs no button that leads there. */
const AWAY = 160;
/** Mounting rows whose heights were only guessed may uncover more rows; this many times is enough for any window. */
const PASSES = 6;

/** Sets a height only if it changed: the same one again would still cost a layout. */
function setHeight(element: HTMLElement, height: number): void {
  const value = `${String(height)}px`;
  if (element.style.blockSize !== value) element.style.blockSize = value;
}

export class KMessageList<Row> extends LitElement {
  static override styles = styles;

  @property({ attribute: false }) rows: readonly Row[] = [];
  @property({ attribute: false }) view!: RowView<Row>;
  @property() override ariaLabel: string | null = null;
  /** Rows are being added or loaded. */
  @property({ type: Boolean }) busy = false;

  @query('.scroller') private scroller!: HTMLElement;
  @query('.above') private above!: HTMLElement;
  @query('.below') private below!: HTMLElement;
  @query('[role=feed]') private feed!: HTMLElement;

  #keys: string[] = [];
  #index = new Map<string, number>();
  #heights = new Heights([]);
  #mounted: MountedRows<Row> | null = null;
  #container: ResizeObserver | null = null;
  #following = true;
  #anchor: Anchor | null = null;
  #seen: string | null = null;
  #lastTop = 0;
  #reported = '';
  #startAskedFor = -1;

  get following(): boolean {
    return this.#following;
  }

  protected override render(): unknown {
    return html`
      <div class="scroller" tabindex="0" @scroll=${this.#onScroll} @wheel=${this.#onWheel} @touchmove=${this.#onTouch}
        @touchstart=${this.#onTouch} @k-hold=${this.#free}>
        <div class="column start"><slot name="start"></slot></div>
        <div class="above"></div>
        <div class="column" role="feed" aria-label=${this.ariaLabel ?? ''} aria-busy=${String(this.busy)}></div>
        <div class="below"></div>
        <div class="end"></div>
      </div>
      <slot name="overlay"></slot>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#mounted?.disconnect();
    this.#container?.disconnect();
    this.#mounted = null;
  }

  protected override firstUpdated(): void {
    this.#observe();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view')) this.#mounted?.invalidate();
    if (changed.has('rows')) this.#takeRows();
    if (changed.has('rows') || changed.has('view')) this.#draw();
  }

  /** Goes to the last row and follows it from now on. */
  scrollToEnd(): void {
    this.#following = true;
    this.#draw();
  }

  /** Brings the top of a row to the top of the window. */
  scrollToRow(key: string): void {
    if (!this.#index.has(key)) return;
    this.#following = false;
    this.#anchor = { key, delta: 0 };
    this.#draw();
    this.#readAnchor();
  }

  /** Moves the focus to the row before (-1) or after (+1) the one that has it; without one, to the last row while following, else to the one at the top of the window. */
  focusRow(step: -1 | 1): void {
    const focused = this.shadowRoot?.activeElement?.closest('article')?.dataset['key'];
    const current = focused === undefined ? this.#topRow(step) : (this.#index.get(focused) ?? 0) + step;
    const key = this.#keys[Math.max(0, Math.min(this.#keys.length - 1, current))];
    if (key === undefined) return;
    this.scrollToRow(key);
    this.#mounted?.get(key)?.focus({ preventScroll: true });
  }

  #topRow(step: -1 | 1): number {
    if (this.#following) return this.#keys.length - 1;
    const top = this.scroller.scrollTop - this.#origin();
    return step < 0 ? this.#heights.at(top - 1) : this.#heights.at(top + AT_END);
  }

  #observe(): void {
    this.#mounted = new MountedRows<Row>(this.feed, () => { this.#draw(); });
    this.#container = new ResizeObserver(() => { this.#draw(); });
    this.#container.observe(this.scroller);
    this.#draw();
  }

  #takeRows(): void {
    // while the last row grows, with each frame
    const same = this.rows.length === this.#keys.length && this.rows.every((row, index) => this.view.key(row) === this.#keys[index]);
    if (same) return;
    const before = this.#index;
    this.#keys = this.rows.map((row) => this.view.key(row));
    this.#index = new Map(this.#keys.map((key, index) => [key, index]));
    const known = this.#heights;
    this.#heights = new Heights(
      this.rows.map((row, index) => {
        const at = before.get(this.#keys[index] ?? '');
        return at === undefined ? this.view.height(row) : known.height(at);
      }),
    );
    if (this.#anchor !== null && !this.#index.has(this.#anchor.key)) this.#anchor = null;
  }

  /** Where the rows begin inside the scroller. */
  #origin(): number {
    return this.above.offsetTop;
  }

  /** Wanted distance between the top of the first row and the top of the window. */
  #top(viewport: number): number {
    const { total } = this.#heights;
    const anchor = this.#anchor === null ? undefined : this.#index.get(this.#anchor.key);
    if (this.#following || anchor === undefined || this.#anchor === null) return Math.max(0, total - viewport);
    return this.#heights.offset(anchor) - this.#anchor.delta;
  }

  /** Mounts what is near the window, measures it, and puts the window where it belongs. */
  #draw(): void {
    if (this.#mounted === null || !this.isConnected) return;
    const viewport = this.scroller.clientHeight;
    if (viewport === 0) return;
    for (let pass = 0, settled = false; pass < PASSES && !settled; pass += 1) settled = this.#mountAround(viewport);
    this.#place(viewport);
    this.#report();
  }

  /** @returns whether the measured rows fill the window, or new ones must be seen before one can tell */
  #mountAround(viewport: number): boolean {
    const { from, to } = this.#range(viewport);
    const made = this.#mounted?.mount(this.rows, from, to, this.view, () => { this.scroller.focus({ preventScroll: true }); });
    let grown = 0;
    for (const [key, height] of this.#mounted?.measure() ?? []) {
      const index = this.#index.get(key);
      // a list that is not shown measures nothing
      if (index !== undefined && height > 0) grown += Math.abs(this.#heights.set(index, height));
    }
    setHeight(this.above, this.#heights.offset(from));
    setHeight(this.below, this.#heights.total - this.#heights.offset(to));
    if (grown === 0 || made === true) return true;
    const now = this.#range(viewport);
    return now.from >= from && now.to <= to;
  }

  #range(viewport: number): { from: number; to: number } {
    const top = this.#top(viewport);
    const from = this.#heights.at(Math.max(0, top - OVERSCAN));
    return { from, to: Math.min(this.#heights.count, this.#heights.at(top + viewport + OVERSCAN) + 1) };
  }

  #place(viewport: number): void {
    const { scroller } = this;
    const wanted = this.#following ? scroller.scrollHeight - viewport : this.#top(viewport) + this.#origin();
    if (Math.abs(scroller.scrollTop - wanted) >= 0.5) scroller.scrollTop = wanted;
    this.#lastTop = scroller.scrollTop;
    if (this.#following) this.#seen = this.#keys.at(-1) ?? null;
  }

  readonly #onScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollTop === this.#lastTop) return;
    const down = scrollTop > this.#lastTop;
    this.#lastTop = scrollTop;
    const atEnd = scrollHeight - scrollTop - clientHeight <= AT_END;
    if (atEnd && (down || this.#following)) this.#following = true;
    else this.#free();
    this.#draw();
  };

  readonly #onWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0 && this.scroller.scrollTop > 0) this.#free();
  };

  #touchY = 0;
  readonly #onTouch = (event: TouchEvent): void => {
    const y = event.touches[0]?.clientY ?? 0;
    if (event.type === 'touchmove' && y > this.#touchY + 2) this.#free();
    this.#touchY = y;
  };

  /** Holds on to what is in view. */
  readonly #free = (): void => {
    this.#following = false;
    this.#readAnchor();
    this.#report();
  };

  #readAnchor(): void {
    const top = this.scroller.scrollTop - this.#origin();
    const row = this.#heights.at(Math.max(0, top));
    const key = this.#keys[row];
    this.#anchor = key === undefined ? null : { key, delta: this.#heights.offset(row) - top };
  }

  #report(): void {
    const seen = this.#index.get(this.#seen ?? '') ?? this.#keys.length - 1;
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const away = !this.#following && scrollHeight - scrollTop - clientHeight > AWAY;
    const detail: FollowChange = { following: this.#following, away, unseen: this.#keys.length - 1 - seen };
    const state = JSON.stringify(detail);
    if (state !== this.#reported) {
      this.#reported = state;
      this.dispatchEvent(new CustomEvent<FollowChange>('k-follow-change', { detail }));
    }
    const near = scrollTop < clientHeight;
    if (near && this.#startAskedFor !== this.#keys.length && this.#keys.length > 0) {
      this.#startAskedFor = this.#keys.length;
      this.dispatchEvent(new CustomEvent('k-reach-start'));
    }
  }
}
