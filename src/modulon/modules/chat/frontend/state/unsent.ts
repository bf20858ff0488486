/** What was sent but not accepted yet is kept in this browser: a reload sends the same again, and the server takes it once. */
import { storage } from '@modulon/sdk';

import { keptName } from './kept.js';
import type { Unsent } from './rows.js';

const name = (conversationId: string | null): string => keptName(`unsent.${conversationId ?? 'new'}`);

export function keepUnsent(conversationId: string | null, { key, parentId, text, model }: Unsent): void {
  storage.set(name(conversationId), JSON.stringify({ key, parentId, text, model }));
}

export function forgetUnsent(conversationId: string | null): void {
  storage.remove(name(conversationId));
}

export function readUnsent(conversationId: string | null): Unsent | null {
  const text = storage.get(name(conversationId));
  if (text === null) return null;
  const kept = JSON.parse(text) as Omit<Unsent, 'state'>;
  return { ...kept, state: 'sending' };
}
