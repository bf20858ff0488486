/** What is being written, kept for each conversation through reload and sign-out. */
import { storage } from '@modulon/sdk';

import { keptName } from './kept.js';

export interface Draft {
  text: string;
  /** The model chosen for the next message, null if none was. */
  model: string | null;
}

const EMPTY: Draft = { text: '', model: null };
const LAST_MODEL = 'model';

const name = (conversationId: string | null): string => keptName(`draft.${conversationId ?? 'new'}`);

export function readDraft(conversationId: string | null): Draft {
  const kept = storage.get(name(conversationId));
  if (kept === null) return EMPTY;
  try {
    return { ...EMPTY, ...(JSON.parse(kept) as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}

export function keepDraft(conversationId: string | null, draft: Draft): void {
  if (draft.text === '' && draft.model === null) forgetDraft(conversationId);
  else storage.set(name(conversationId), JSON.stringify(draft));
}

export function forgetDraft(conversationId: string | null): void {
  storage.remove(name(conversationId));
}

/** A conversation began while its next message was already being written. */
export function moveDraft(from: string | null, to: string): void {
  keepDraft(to, readDraft(from));
  forgetDraft(from);
}

/** The model used last, for conversations that have none. */
export function lastModel(): string | null {
  return storage.get(keptName(LAST_MODEL));
}

export function keepLastModel(id: string): void {
  storage.set(keptName(LAST_MODEL), id);
}
