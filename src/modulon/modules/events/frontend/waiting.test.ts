import { expect, it } from 'vitest';

import { letter } from './events.fixture.js';
import { isBehind } from './waiting.js';

it('only the first of a consumer and key is tried', () => {
  const waiting = [letter, { ...letter, seq: 8 }, { ...letter, seq: 9, key: 'other' }, { ...letter, seq: 8, consumer: 'chat.other' }];
  expect(waiting.map((one) => isBehind(waiting, one))).toEqual([false, true, false, false]);
});
