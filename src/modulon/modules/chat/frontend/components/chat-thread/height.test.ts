import { expect, it } from 'vitest';

import type { Message } from '../../api.js';
import { guessHeight } from './height.js';

const saying = (text: string): Message => ({ parts: [{ type: 'text', text }] }) as unknown as Message;

it('grows with the text and with its lines', () => {
  const [word, page, list] = ['Yes.', 'word '.repeat(400), 'item\n'.repeat(60)].map((text) => guessHeight(saying(text)));
  expect(word).toBeLessThan(200);
  expect(page).toBeGreaterThan(600);
  expect(list).toBeGreaterThan(1500);
});

it('is that of an empty message while nothing has been said', () => {
  expect(guessHeight({ parts: [] } as unknown as Message)).toBe(guessHeight(saying('')));
});
