import { describe, expect, it } from 'vitest';

import { Heights } from './heights.js';

describe('heights', () => {
  it('knows offsets and the row at an offset', () => {
    const heights = new Heights([10, 10, 10, 10, 10]);
    heights.set(1, 30);
    expect([0, 1, 2, 5].map((row) => heights.offset(row))).toEqual([0, 10, 40, 70]);
    expect([0, 9.9, 10, 39.9, 40, 69, 1000].map((at) => heights.at(at))).toEqual([0, 0, 1, 1, 2, 4, 4]);
    expect(heights.total).toBe(70);
  });

  it('agrees with plain sums over 10,000 rows', () => {
    const plain = Array.from({ length: 10_000 }, () => 120);
    const heights = new Heights(plain);
    for (let row = 0; row < 10_000; row += 7) heights.set(row, (plain[row] = 20 + ((row * 37) % 900)));
    let sum = 0;
    plain.forEach((height, row) => {
      if (row % 501 === 0) {
        expect(heights.offset(row)).toBeCloseTo(sum);
        expect(heights.at(sum)).toBe(row);
      }
      sum += height;
    });
    expect(heights.total).toBeCloseTo(sum);
  });

  it('holds no rows', () => {
    const heights = new Heights([]);
    expect([heights.at(0), heights.total, heights.offset(3)]).toEqual([0, 0, 0]);
  });
});
