import { describe, expect, it } from 'vitest';

import { PORTION, placeInFile, portion } from './portions.js';

const sized = (size: number): string => 'x'.repeat(size - 2);

describe('portions of a file', () => {
  it('hold so many conversations at most', () => {
    const items = Array.from({ length: 2_000 }, () => ({}));
    expect(portion(items, 0)).toBe(PORTION);
    expect(portion(items, 1_995)).toBe(5);
    expect(portion(items, 2_000)).toBe(0);
  });

  it('hold so much at most', () => {
    expect(portion([sized(40), sized(60), sized(2)], 0, 100)).toBe(2);
    expect(portion([sized(40), sized(61), sized(2)], 0, 100)).toBe(1);
  });

  it('hold one that is larger than that alone', () => {
    expect(portion([sized(500), sized(2), sized(2)], 0, 100)).toBe(1);
    expect(portion([sized(2), sized(500), sized(2)], 0, 100)).toBe(1);
    expect(portion([sized(2), sized(500), sized(2)], 1, 100)).toBe(1);
  });

  it('come to every one exactly once', () => {
    const items = Array.from({ length: 97 }, (_, at) => sized(2 + ((at * 37) % 60)));
    let at = 0;
    while (at < items.length) {
      const count = portion(items, at, 100);
      expect(count).toBeGreaterThan(0);
      at += count;
    }
    expect(at).toBe(items.length);
  });
});

describe('a place in a portion', () => {
  it('is told as one in the whole file', () => {
    expect(placeInFile('conversations/3/messages/12/parts/0', 40)).toBe('conversations/43/messages/12/parts/0');
    expect(placeInFile('format', 40)).toBe('format');
  });
});
