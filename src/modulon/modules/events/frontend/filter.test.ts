import { describe, expect, it } from 'vitest';

import { narrowed, readFilter } from './filter.js';

const ID = '0192f0c1-1111-7aaa-8bbb-0123456789ab';
const NOON = Date.parse('2026-11-29T12:00:00Z');

describe('the filter box', () => {
  it('empty narrows nothing', () => {
    expect(readFilter('  ', 0)).toEqual({ types: [], without: [] });
  });

  it('takes a module for all its events, a name with a dot for itself', () => {
    expect(readFilter('chat type:core.* identity.user_created', 0)).toMatchObject({ types: ['chat.*', 'core.*', 'identity.user_created'] });
  });

  it('leaves out what has a minus, and has conditions beside', () => {
    expect(readFilter(`-type:chat -core.x key:a:b actor:${ID} workspace:${ID}`, 15, NOON)).toEqual({
      types: [], without: ['chat.*', 'core.x'], key: 'a:b', actor: ID, workspace: ID, since: '2026-11-29T11:45:00.000Z',
    });
  });

  it('names the word that means nothing', () => {
    for (const word of ['actor:ann', 'key:', 'nothing:x', '-key:a', 'Ärger', 'type:', '-']) expect(readFilter(`chat ${word}`, 0)).toBe(word);
  });

  it('gets one condition more, in place of the one of that name', () => {
    expect(narrowed('chat  key:a', 'key', 'b')).toBe('chat key:b');
    expect(narrowed('', 'actor', ID)).toBe(`actor:${ID}`);
  });
});
