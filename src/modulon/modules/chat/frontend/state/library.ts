/** What the page of all conversations shows: a search, or one of the shelves, page by page. */
import { Store } from '@modulon/sdk';

import { listConversations, searchText, type Conversation, type Piece, type SearchHit } from '../api.js';

export type LibraryShelf = 'all' | 'archived' | 'deleted';

export interface Wanted {
  text: string;
  shelf: LibraryShelf;
  /** '' for any. */
  folder: string;
}

/** One line, whether it was listed or found. */
export interface Line {
  id: string;
  title: readonly Piece[];
  passage: readonly Piece[];
  messageId: string | null;
  at: string;
  pinned: boolean;
  folderId: string | null;
}

export interface LibraryState {
  lines: readonly Line[];
  next: string | null;
  loading: boolean;
  loaded: boolean;
  error: unknown;
}

const EMPTY: LibraryState = { lines: [], next: null, loading: false, loaded: false, error: null };
const PAGE = 50;

function listed(one: Conversation): Line {
  const title = [{ text: one.title, hit: false }];
  const at = one.deleted_at ?? one.updated_at;
  return { id: one.id, title, passage: [], messageId: null, at, pinned: one.pinned, folderId: one.folder_id };
}

function found(hit: SearchHit): Line {
  const { conversation_id: id, title, passage, message_id: messageId, at, pinned, folder_id: folderId } = hit;
  return { id, title, passage, messageId, at, pinned, folderId };
}

export class Library {
  readonly state = new Store<LibraryState>(EMPTY);
  #wanted: Wanted = { text: '', shelf: 'all', folder: '' };
  #control = new AbortController();

  /** Begins anew; what is shown stays until something else has come. */
  async show(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    this.#control.abort();
    this.#control = new AbortController();
    await this.#load(null, []);
  }

  async refresh(): Promise<void> {
    await this.show(this.#wanted);
  }

  async more(): Promise<void> {
    const { next, loading, lines } = this.state.value;
    if (next !== null && !loading) await this.#load(next, lines);
  }

  async #load(cursor: string | null, before: readonly Line[]): Promise<void> {
    const { signal } = this.#control;
    this.state.set({ ...this.state.value, loading: true });
    try {
      const { lines, next } = await this.#page(cursor, signal);
      const known = new Set(before.map(({ id }) => id));
      const all = [...before, ...lines.filter(({ id }) => !known.has(id))];
      this.state.set({ lines: all, next, loading: false, loaded: true, error: null });
    } catch (error) {
      if (!signal.aborted) this.state.set({ ...this.state.value, loading: false, error });
    }
  }

  async #page(cursor: string | null, signal: AbortSignal): Promise<{ lines: Line[]; next: string | null }> {
    const { text, shelf, folder } = this.#wanted;
    const within = folder === '' ? {} : { folder_id: folder };
    if (text.trim() !== '' && shelf !== 'deleted') {
      const page = await searchText(text.trim(), cursor, { ...within, archived: shelf === 'archived', limit: PAGE }, signal);
      return { lines: page.items.map(found), next: page.next };
    }
    const page = await listConversations(cursor, shelf === 'all' ? within : { shelf }, signal);
    return { lines: page.items.map(listed), next: page.next };
  }
}
