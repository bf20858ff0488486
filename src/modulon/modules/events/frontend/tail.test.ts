import { describe, expect, it } from 'vitest';

import type { EventPage } from './api.js';
import { event } from './events.fixture.js';
import { begin, beside, MOST, older, received, released, type Tail } from './tail.js';

/** The events from *first* down to *last*, with the position of the newest event as their end. */
function page(first: number, last: number, next: string | null = null): EventPage {
  const items = Array.from({ length: Math.max(first - last + 1, 0) }, (_, at) => event(first - at));
  return { items, next, end: `0.${String(first)}` };
}

const seqs = (tail: Tail): number[] => tail.items.map((one) => one.seq);

describe('following the log', () => {
  it('puts what is new on top and goes on after it', () => {
    const tail = received(begin(page(3, 1)), page(5, 4), false);
    expect(seqs(tail)).toEqual([5, 4, 3, 2, 1]);
    expect(tail.end).toBe('0.5');
  });

  it('goes on also after what the filter leaves out', () => {
    const tail = received(begin(page(3, 1)), { items: [], next: null, end: '0.9' }, false);
    expect([tail.end, tail.held]).toEqual(['0.9', []]);
  });

  it('holds back what would move the rows, until it is let go', () => {
    let tail = received(begin(page(3, 1)), page(5, 4), true);
    tail = received(tail, page(6, 6), true);
    expect(seqs(tail)).toEqual([3, 2, 1]);
    expect(tail.held).toHaveLength(3);
    tail = released(tail);
    expect(seqs(tail)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(tail.held).toEqual([]);
  });

  it('lets go what was held when nothing is looked at any more', () => {
    const held = received(begin(page(3, 1)), page(4, 4), true);
    expect(seqs(received(held, page(5, 5), false))).toEqual([5, 4, 3, 2, 1]);
    expect(seqs(received(held, { items: [], next: null, end: '0.4' }, false))).toEqual([4, 3, 2, 1]);
  });

  it('never has more than so many rows, and then older ones to load', () => {
    let tail = begin(page(100, 1));
    for (let at = 100; at < 1000; at += 100) tail = received(tail, page(at + 100, at + 1), false);
    expect(tail.items).toHaveLength(MOST);
    expect([seqs(tail)[0], tail.next]).toEqual([1000, '0.501']);
  });

  it('begins anew where more came than one page holds', () => {
    const gap = page(900, 801, '0.801');
    expect(seqs(received(begin(page(3, 1)), gap, false))[0]).toBe(900);
    const held = received(begin(page(3, 1)), gap, true);
    expect([seqs(held), held.torn]).toEqual([[3, 2, 1], true]);
    expect(released(held)).toBe(held);
  });

  it('drops the newest rows below which too many older ones are loaded', () => {
    let tail = begin(page(1000, 901, '0.901'));
    for (let at = 900; at > 400; at -= 100) tail = older(tail, page(at, at - 99, `0.${String(at - 99)}`));
    expect(tail.items).toHaveLength(MOST);
    expect([seqs(tail)[0], tail.torn]).toEqual([900, true]);
  });

  it('knows the rows beside one', () => {
    const tail = begin(page(3, 1));
    expect(beside(tail, 2)).toEqual({ newer: 3, older: 1 });
    expect(beside(tail, 3)).toEqual({ newer: undefined, older: 2 });
    expect(beside(tail, 77)).toEqual({ newer: undefined, older: undefined });
  });
});
