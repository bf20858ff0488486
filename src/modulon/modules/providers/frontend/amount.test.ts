import { setLocale } from '@modulon/sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';

import { readAmount, writeAmount } from './amount.js';

describe('an amount', () => {
  afterEach(() => { setLocale('en'); });

  it.each([
    ['en', '0.15', '0.15'], ['en', '0,15', '0.15'], ['en', '1,250', '1250'], ['en', '1,250.5', '1250.5'], ['en', ' 3 ', '3'],
    ['en', '0,150', '0.150'],
    ['de', '0,15', '0.15'], ['de', '0.15', '0.15'], ['de', '1.250', '1250'], ['de', '1.250,5', '1250.5'], ['de', '2.5', '2.5'],
    ['ar', '\u0660\u066b\u0661\u0665', '0.15'], ['ar', '0.15', '0.15'], ['ar', '\u0661\u066c\u0662\u0665\u0660', '1250'], ['ar', '\u06f3', '3'],
  ])('is read as written in %s: %s', (locale, text, amount) => {
    setLocale(locale);
    expect(readAmount(text)).toBe(amount);
  });

  it.each(['', '-1', 'free', '1e3', '1.2.3', '1,2,3', '0.1234567', '.5', '1.', '$3'])('is not %s', (text) => {
    expect(readAmount(text)).toBeUndefined();
  });

  it.each(['en', 'de', 'ar'])('comes back as it was from what is shown in %s', (locale) => {
    setLocale(locale);
    for (const amount of ['0', '0.000001', '0.15', '1250.5', '100000000']) expect(readAmount(writeAmount(amount))).toBe(amount);
  });
});
