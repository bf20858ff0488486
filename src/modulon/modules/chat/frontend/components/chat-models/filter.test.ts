import { describe, expect, it } from 'vitest';

import type { Model } from '../../api.js';
import { chooseModel, isRemembered } from '../../state/models.js';
import { contextLabel, groupModels, usefulNeeds, type Need } from './filter.js';

const model = (id: string, more: Partial<Model> = {}): Model => ({
  id,
  name: id.split('/')[1] ?? id,
  provider: { id: 'p', name: 'Provider' },
  local: false,
  context_window: null,
  capabilities: [],
  alias: null,
  pinned: false,
  available: true,
  reason: null,
  ...more,
});

const items = [
  model('v/alpha', { local: true, capabilities: ['tools'], context_window: 32_768 }),
  model('o/beta', { capabilities: ['tools', 'vision'], context_window: 1_000_000 }),
  model('o/gone', { capabilities: ['tools'], available: false, reason: 'no key' }),
];
const shown = (query: string, ...needs: Need[]): string[] =>
  groupModels(items, query, new Set(needs), 'o/beta').flatMap((group) => group.items.map(({ id }) => `${group.id}:${id}`));

describe('the picker', () => {
  it('groups, with the used one first and unusable ones last', () => {
    expect(shown('')).toEqual(['used:o/beta', 'local:v/alpha', 'cloud:o/gone']);
  });

  it('finds by any word of name, id and provider', () => {
    expect(shown('AL prov')).toEqual(['local:v/alpha']);
    expect(shown('nothing')).toEqual([]);
  });

  it('offers the pinned ones before the others, each once', () => {
    const pinned = [...items, model('o/zeta', { pinned: true }), model('v/omega', { pinned: true, local: true, alias: 'Everyday' })];
    const ids = groupModels(pinned, '', new Set(), 'o/beta').map((group) => [group.id, ...group.items.map(({ id }) => id)]);
    expect(ids).toEqual([['used', 'o/beta'], ['pinned', 'v/omega', 'o/zeta'], ['local', 'v/alpha'], ['cloud', 'o/gone']]);
    expect(groupModels(pinned, '', new Set(), 'o/zeta')[0]?.items.map(({ id }) => id)).toEqual(['o/zeta']);
    expect(groupModels(pinned, 'everyday', new Set(), '').flatMap((group) => group.items.map(({ id }) => id))).toEqual(['v/omega']);
  });

  it('filters by what tells models apart', () => {
    expect(usefulNeeds(items)).toEqual(['local', 'vision', 'long']);
    expect(shown('', 'vision')).toEqual(['used:o/beta']);
  });

  it('writes contexts as vendors do', () => {
    expect([512, 32_768, 131_072, 200_000, 1_000_000, 1_048_576].map(contextLabel)).toEqual(['512', '32k', '128k', '200k', '1M', '1M']);
  });
});

describe('the model of the next message', () => {
  it('is the first wanted one that can be used, else any that can', () => {
    expect(chooseModel(items, ['o/gone', null, 'o/beta'])?.id).toBe('o/beta');
    expect(chooseModel(items, ['o/gone'])?.id).toBe('v/alpha');
    expect(chooseModel([], ['o/beta'])).toBeUndefined();
  });

  it('is not the scripted one any more when another comes, unless that was chosen', () => {
    const scripted = model('g/one', { capabilities: ['scripted'] });
    const next = (explicitly: boolean): string | undefined =>
      chooseModel([...items, scripted], [isRemembered(scripted, explicitly) ? scripted.id : null])?.id;
    expect(chooseModel([scripted], [null])?.id).toBe('g/one');
    expect(next(false)).toBe('v/alpha');
    expect(next(true)).toBe('g/one');
    expect(isRemembered(items[1], false)).toBe(true);
  });
});
