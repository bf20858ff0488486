import { LitElement, html } from 'lit';
import { afterEach, describe, expect, it } from 'vitest';

import './index.js';
import type { FollowChange, KMessageList, RowView } from './index.js';

interface Line {
  id: number;
  height: number;
}

const line = (id: number): Line => ({ id, height: 30.25 + ((id * 137) % 400) });
const lines = (from: number, to: number): Line[] => Array.from({ length: to - from }, (_, index) => line(from + index));

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
async function settle(): Promise<void> {
  await frame();
  await frame();
  await frame();
}

let list: KMessageList<Line>;

async function make(rows: Line[], view: Partial<RowView<Line>> = {}): Promise<void> {
  list = document.createElement('k-message-list') as KMessageList<Line>;
  list.style.cssText = 'block-size: 600px; inline-size: 500px';
  list.view = {
    key: (row) => String(row.id),
    label: (row) => `Row ${String(row.id)}`,
    height: () => 160,
    template: (row) => html`<div style="block-size: ${row.height}px"><button>${row.id}</button></div>`,
    ...view,
  };
  list.rows = rows;
  document.body.append(list);
  await list.updateComplete;
  await settle();
}

afterEach(() => {
  list.remove();
});

const root = (): ShadowRoot => list.shadowRoot as ShadowRoot;
const scroller = (): HTMLElement => root().querySelector('.scroller') as HTMLElement;
const articles = (): HTMLElement[] => [...root().querySelectorAll('article')];
const gapToEnd = (): number => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;

/** The row at the middle of the window and where it is. */
function middle(): { key: string; top: number } {
  const box = scroller().getBoundingClientRect();
  const article = articles().find((row) => row.getBoundingClientRect().bottom > box.top + 200);
  return { key: article?.dataset['key'] ?? '', top: article?.getBoundingClientRect().top ?? NaN };
}
const topOf = (key: string): number => root().querySelector(`[data-key="${key}"]`)?.getBoundingClientRect().top ?? NaN;

async function scrollBy(y: number): Promise<void> {
  scroller().scrollTop += y;
  await settle();
}

describe('a list of 10,000 rows', () => {
  it('begins at the end with few of them in the DOM', async () => {
    await make(lines(0, 10_000));
    expect(gapToEnd()).toBeLessThan(1);
    expect(articles().at(-1)?.dataset['key']).toBe('9999');
    expect(articles().length).toBeLessThan(40);
  });

  it('says to a screen reader what it is', async () => {
    await make(lines(0, 10_000));
    const last = articles().at(-1);
    expect(root().querySelector('[role=feed]')).not.toBeNull();
    expect(last?.getAttribute('aria-posinset')).toBe('10000');
    expect(last?.getAttribute('aria-setsize')).toBe('10000');
    expect(last?.getAttribute('aria-label')).toBe('Row 9999');
  });

  it('never has many of them in the DOM, wherever it is', async () => {
    await make(lines(0, 10_000));
    for (const part of [0.5, 0.1, 0, 0.99]) {
      scroller().scrollTop = scroller().scrollHeight * part;
      await settle();
      expect(articles().length).toBeLessThan(60);
      const box = scroller().getBoundingClientRect();
      expect(articles()[0]?.getBoundingClientRect().top).toBeLessThanOrEqual(box.top + 1);
      expect(articles().at(-1)?.getBoundingClientRect().bottom).toBeGreaterThanOrEqual(box.bottom - 1);
    }
  });

  it('scrolls upwards through rows it never measured without a jump', async () => {
    await make(lines(0, 10_000));
    await scrollBy(-3000);
    for (let step = 0; step < 40; step += 1) {
      const { key, top } = middle();
      await scrollBy(-150);
      expect(Math.abs(topOf(key) - top - 150), `step ${String(step)}`).toBeLessThan(1);
    }
  });
});

/** Like every element of ours: nothing inside until the microtask after it was put into the document. */
class Late extends LitElement {
  static made = 0;

  protected override render(): unknown {
    Late.made += 1;
    return html`<div style="block-size: 1500px"></div>`;
  }
}
customElements.define('test-late', Late);

describe('rows that are tall, and empty when they are made', () => {
  it('are made only as far as they are seen', async () => {
    Late.made = 0;
    await make(lines(0, 50), { height: () => 1400, template: () => html`<test-late style="display: block; padding: 12px"></test-late>` });
    expect(gapToEnd()).toBeLessThan(1);
    expect(Late.made).toBeLessThanOrEqual(3);
    await scrollBy(-2000);
    expect(Late.made).toBeLessThanOrEqual(5);
  });
});

describe('holding on', () => {
  it('does not drift when older rows are put before', async () => {
    await make(lines(500, 1000));
    await scrollBy(-2345);
    for (let first = 450; first >= 0; first -= 50) {
      const { key, top } = middle();
      list.rows = lines(first, 1000);
      await list.updateComplete;
      expect(Math.abs(topOf(key) - top)).toBeLessThan(1);
      await settle();
      expect(Math.abs(topOf(key) - top)).toBeLessThan(1);
    }
  });

  it('does not drift when a row above, in the DOM, grows', async () => {
    await make(lines(0, 200));
    await scrollBy(-2000);
    const { key, top } = middle();
    const above = articles()[0]?.firstElementChild as HTMLElement;
    above.style.blockSize = '999.5px';
    await settle();
    expect(Math.abs(topOf(key) - top)).toBeLessThan(1);
  });

  it('stays when rows are added at the end, and counts them', async () => {
    await make(lines(0, 200));
    const changes: FollowChange[] = [];
    list.addEventListener('k-follow-change', (event) => changes.push((event as CustomEvent<FollowChange>).detail));
    await scrollBy(-500);
    const { key, top } = middle();
    list.rows = lines(0, 203);
    await list.updateComplete;
    await settle();
    expect(Math.abs(topOf(key) - top)).toBeLessThan(1);
    expect(changes.at(-1)).toEqual({ following: false, away: true, unseen: 3 });
    list.scrollToEnd();
    expect(gapToEnd()).toBeLessThan(1);
    expect(changes.at(-1)).toEqual({ following: true, away: false, unseen: 0 });
  });
});

describe('following', () => {
  it('keeps the end in view while the last row grows', async () => {
    await make(lines(0, 50));
    const last = articles().at(-1)?.firstElementChild as HTMLElement;
    for (let height = 100; height < 2000; height += 190) {
      last.style.blockSize = `${String(height)}px`;
      await settle();
      expect(gapToEnd()).toBeLessThan(1);
    }
  });

  it('is ended by the smallest scroll upwards', async () => {
    await make(lines(0, 50));
    scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
    expect(list.following).toBe(false);
    const last = articles().at(-1)?.firstElementChild as HTMLElement;
    const before = scroller().scrollTop;
    last.style.blockSize = '3000px';
    await settle();
    expect(scroller().scrollTop).toBe(before);
  });

  it('begins again when the end is reached', async () => {
    await make(lines(0, 50));
    await scrollBy(-300);
    expect(list.following).toBe(false);
    await scrollBy(300);
    expect(list.following).toBe(true);
  });

  it('stays at the end when the window shrinks', async () => {
    await make(lines(0, 50));
    list.style.blockSize = '300px';
    await settle();
    expect(gapToEnd()).toBeLessThan(1);
  });
});

describe('the list', () => {
  it('asks for older rows once when the start comes near', async () => {
    await make(lines(100, 200));
    let asked = 0;
    list.addEventListener('k-reach-start', () => (asked += 1));
    scroller().scrollTop = 0;
    await settle();
    await scrollBy(5);
    expect(asked).toBe(1);
    list.rows = lines(50, 200);
    await list.updateComplete;
    scroller().scrollTop = 0;
    await settle();
    expect(asked).toBe(2);
  });

  it('renders only the row that changed', async () => {
    const rows = lines(0, 20);
    await make(rows);
    const [first, last] = [articles()[0], articles().at(-1)];
    const buttons = [first?.querySelector('button'), last?.querySelector('button')];
    list.rows = [...rows.slice(0, -1), { id: 19, height: 555 }];
    await list.updateComplete;
    await settle();
    expect(articles().at(-1)).toBe(last);
    expect(last?.getBoundingClientRect().height).toBe(555);
    expect(first?.querySelector('button')).toBe(buttons[0]);
    expect(gapToEnd()).toBeLessThan(1);
  });

  it('moves the focus from row to row', async () => {
    await make(lines(0, 1000));
    list.focusRow(-1);
    const focused = (): string | undefined => (root().activeElement as HTMLElement | null)?.dataset['key'];
    const first = Number(focused());
    list.focusRow(-1);
    list.focusRow(-1);
    expect(Number(focused())).toBe(first - 2);
    list.focusRow(1);
    expect(Number(focused())).toBe(first - 1);
  });

  it('keeps the focus when its row leaves the window', async () => {
    await make(lines(0, 1000));
    articles().at(-1)?.querySelector('button')?.focus();
    scroller().scrollTop = 0;
    await settle();
    expect(root().activeElement).toBe(scroller());
  });

  it('shows an empty list and one that was put elsewhere', async () => {
    await make([]);
    expect(articles()).toEqual([]);
    list.rows = lines(0, 30);
    await list.updateComplete;
    const place = document.createElement('div');
    document.body.append(place);
    place.append(list);
    await settle();
    expect(articles().at(-1)?.dataset['key']).toBe('29');
    expect(gapToEnd()).toBeLessThan(1);
    place.remove();
  });
});
