import { afterEach, describe, expect, it } from 'vitest';

import { compile } from './format.js';
import { addMessages, formatBytes, formatCompact, formatDuration, formatMoney, formatRelative, hasMessage, setLocale, t } from './index.js';

describe('ICU messages', () => {
  it.each([
    ['plain', {}, 'plain'],
    ['Hello, {name}.', { name: 'Ada' }, 'Hello, Ada.'],
    ['{n, plural, one {# model} other {# models}}', { n: 1 }, '1 model'],
    ['{n, plural, one {# model} other {# models}}', { n: 1284 }, '1,284 models'],
    ['{n, plural, =0 {none} one {one} other {many}}', { n: 0 }, 'none'],
    ['{n, plural, one {{name} alone} other {{name} and #}}', { n: 2, name: 'Ada' }, 'Ada and 2'],
    ['{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}', { n: 22 }, '22nd'],
    ['{who, select, me {mine} other {theirs}}', { who: 'me' }, 'mine'],
    ['{who, select, me {mine} other {theirs}}', { who: 'you' }, 'theirs'],
    ["It''s '{literal}' and don't", {}, "It's {literal} and don't"],
    ['{n, number} left', { n: 5 }, '5 left'],
    ['{gone}.', {}, '.'],
  ])('%s', (message, params, expected) => {
    expect(compile(message, 'en')(params)).toBe(expected);
  });

  it('uses the plural forms of the language', () => {
    const message = '{n, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}';
    expect([1, 3, 5].map((n) => compile(message, 'pl')({ n }))).toEqual(['1 plik', '3 pliki', '5 plików']);
  });
});

describe('messages from right to left', () => {
  it('keep names and addresses by themselves, in each plural form', () => {
    const message = '{n, plural, zero {لا شيء} one {{name}} two {اثنان} few {# نماذج} many {# نموذجًا} other {# نموذج}} على {host}';
    const write = compile(message, 'ar-u-nu-latn');
    expect([0, 1, 2, 3, 11, 100].map((n) => write({ n, name: 'x', host: '' }).split(' على')[0])).toEqual([
      ...['لا شيء', '\u2068x\u2069', 'اثنان', '3 نماذج', '11 نموذجًا', '100 نموذج'],
    ]);
    expect(write({ n: 2, host: 'api.example.org' })).toBe('اثنان على \u2068api.example.org\u2069');
    expect(compile('{who, select, me {لي} other {لغيري}}', 'ar')({ who: 'me' })).toBe('لي');
  });

  it('test_d14 keep what is put into them from turning them round', () => {
    const write = compile('{name} has 3', 'en');
    expect(write({ name: 'שלום' })).toBe('\u2068שלום\u2069 has 3');
    for (const name of ['a\u202Eb', 'a\u202Db\u202C', '\u2067ab', 'ab\u2069', '\u2069ab\u2066', 'a\u2066\u2066b\u2069']) {
      expect(write({ name })).toBe('ab has 3');
    }
    const inner = compile('{name}', 'ar')({ name: 'ab' });
    expect(compile('{inner} 3', 'ar')({ inner })).toBe('\u2068\u2068ab\u2069\u2069 3');
  });
});

describe('catalogues', () => {
  afterEach(() => {
    setLocale('en');
  });

  it('take nested and flat messages, and later ones win', () => {
    addMessages('test', { commands: { new: 'New' }, 'flat.key': 'Flat' });
    addMessages('test', { commands: { new: 'Neu' } });
    expect([t('test.commands.new'), t('test.flat.key')]).toEqual(['Neu', 'Flat']);
    expect([hasMessage('test.flat.key'), hasMessage('test.none')]).toEqual([true, false]);
  });

  it('show the key of a missing message', () => {
    expect(t('test.missing')).toBe('test.missing');
  });

  it('refuse a language that is none', () => {
    setLocale('../../x');
    expect(formatCompact(200_000)).toBe('200K');
  });
});

describe('numbers', () => {
  it('are not mixed with Latin units from right to left', () => {
    setLocale('ar-u-nu-latn');
    expect([9, 410, 7200, 180_000].map((time) => formatDuration(time).replace('\u00a0', ' '))).toEqual(['9 ملي ث', '0.41 ث', '7.2 ث', '3 د']);
    setLocale('en');
  });

  it('write money with the digits that tell its size', () => {
    setLocale('en');
    const shown = ['0', '0.000001', '0.0004', '0.00041', '0.0129', '0.5', '1', '1284.5'].map((amount) => formatMoney(amount, 'USD'));
    expect(shown).toEqual(['$0.00', '$0.000001', '$0.0004', '$0.00041', '$0.013', '$0.50', '$1.00', '$1,284.50']);
    expect(['0.0375', '15', '0.000001'].map((amount) => formatMoney(amount, 'EUR', { exact: true }))).toEqual(['€0.0375', '€15.00', '€0.000001']);
    setLocale('de');
    expect(formatMoney('0.0004', 'EUR')).toBe('0,0004\u00a0€');
    setLocale('ar');
    expect(formatMoney('0.0004', 'USD')).toMatch(/0\.0004\sUSD/);
    setLocale('en');
  });

  it('write durations, sizes and times as one reads them', () => {
    const now = Date.UTC(2026, 0, 2);
    expect([9, 410, 7200, 180_000].map(formatDuration)).toEqual(['9\u00a0ms', '0.41\u00a0s', '7.2\u00a0s', '3\u00a0min']);
    expect([0, 2_100_000].map(formatBytes)).toEqual(['0 byte', '2.1 MB']);
    expect(formatRelative(new Date(now - 3 * 60_000), now)).toBe('3 minutes ago');
    expect(formatRelative(new Date(now - 86_400_000), now)).toBe('yesterday');
  });
});
