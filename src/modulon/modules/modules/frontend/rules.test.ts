import { describe, expect, it } from 'vitest';

import type { ModuleRead } from './api.js';
import { dependents, grouped, isUnsettled, matches, missing, needsCare, passes, pictureOf, tracebacks } from './rules.js';
import { module, observed } from './modules.fixture.js';

const ids = (modules: readonly ModuleRead[]): string[] => modules.map((one) => one.id);

/** accounts; providers; chat needs providers, and notes needs chat. */
const house = [
  module('accounts', { type: 'core', switchable: false }),
  module('providers', { required_by: ['chat'] }),
  module('chat', { requires: { providers: '>=1' }, required_by: ['acme.notes'] }),
  module('acme.notes', { type: 'plugin', shipped: false, requires: { chat: '>=1,<2' } }),
];

describe('the list of modules', () => {
  it('is in groups, each by name, without those that are empty', () => {
    const found = grouped([...house].reverse());
    expect(found.map(({ group, items }) => [group, ids(items)])).toEqual([
      ['shipped', ['accounts', 'chat', 'providers']],
      ['plugin', ['acme.notes']],
    ]);
  });

  it('is searched by name, id, permission and table', () => {
    const one = module('acme.tickets', { name: 'Support', permissions: [{ name: 'chat.read', reason: 'quote' }], tables: ['m_acme_tickets__rows'] });
    for (const query of ['SUPP', 'acme.t', 'chat.re', 'tickets__rows', ' support ', '']) expect(matches(one, query), query).toBe(true);
    expect(matches(one, 'quote')).toBe(false);
  });

  it('has those that need somebody, and those that are off', () => {
    const blocked = module('a', { state: 'blocked', enabled: false, obstacle: { code: 'import', reason: 'Traceback', chain: ['a'] } });
    const failed = module('b', { state: 'failed' });
    const old = module('c', { observed: [observed({ error: 'SyntaxError' })] });
    const off = module('d', { state: 'disabled', enabled: false });
    const fine = module('e', { observed: [observed()] });
    const all = [blocked, failed, old, off, fine];
    expect(ids(all.filter((one) => passes(one, 'all')))).toHaveLength(5);
    expect(ids(all.filter((one) => passes(one, 'trouble')))).toEqual(['a', 'b', 'c']);
    expect(ids(all.filter((one) => passes(one, 'off')))).toEqual(['a', 'd']);
    expect(needsCare(fine)).toBe(false);
  });

  it('is on its way while one process is', () => {
    expect(isUnsettled(module('a', { observed: [observed(), observed({ state: 'draining' })] }))).toBe(true);
    expect(isUnsettled(module('a', { state: 'starting' }))).toBe(true);
    expect(isUnsettled(module('a', { state: 'failed', observed: [observed({ state: 'failed' })] }))).toBe(false);
  });

  it('tells each traceback once, with the processes that have it', () => {
    const one = module('a', { observed: [observed({ error: 'X' }), observed({ pid: 2, error: 'X' }), observed({ pid: 3, error: 'Y' })] });
    expect(tracebacks(one)).toEqual([
      { text: 'X', where: ['here 7', 'here 2'] },
      { text: 'Y', where: ['here 3'] },
    ]);
  });
});

describe('who needs whom', () => {
  it('is known near and far', () => {
    expect(ids(dependents(house, 'providers'))).toEqual(['chat', 'acme.notes']);
    expect(ids(dependents(house, 'acme.notes'))).toEqual([]);
  });

  it('leaves out what does not run anyway', () => {
    const off = house.map((one) => (one.id === 'acme.notes' ? { ...one, enabled: false, state: 'disabled' as const } : one));
    expect(ids(dependents(off, 'providers'))).toEqual(['chat']);
  });

  it('says what has to be enabled first', () => {
    const off = house.map((one) => ({ ...one, enabled: one.id === 'accounts' }));
    expect(ids(missing(off, 'acme.notes'))).toEqual(['providers', 'chat']);
    expect(missing(house, 'acme.notes')).toEqual([]);
  });

  it('is drawn from what is needed to what needs it', () => {
    const { columns, rows, places, lines } = pictureOf(house, 'chat');
    expect([columns, rows]).toEqual([3, 1]);
    expect(Object.fromEntries(places.map(({ id, column }) => [id, column]))).toEqual({ providers: 0, chat: 1, 'acme.notes': 2 });
    expect(lines.map(({ from, to }) => `${from.id} ${to.id}`)).toEqual(['providers chat', 'chat acme.notes']);
  });

  it('is drawn by the longest way, and with what is not there', () => {
    const square = [
      module('a', { required_by: ['b', 'd'] }),
      module('b', { requires: { a: '' }, required_by: ['d'] }),
      module('d', { requires: { a: '', b: '', gone: '>=2' } }),
    ];
    const { columns, places } = pictureOf(square, 'd');
    expect(columns).toBe(3);
    expect(Object.fromEntries(places.map(({ id, column }) => [id, column]))).toEqual({ a: 0, b: 1, gone: 1, d: 2 });
  });

  it('ends where modules need each other in a circle', () => {
    const circle = [module('a', { requires: { b: '' }, required_by: ['b'] }), module('b', { requires: { a: '' }, required_by: ['a'] })];
    expect(pictureOf(circle, 'a').places).toHaveLength(2);
    expect(ids(dependents(circle, 'a'))).toEqual(['b']);
  });
});
