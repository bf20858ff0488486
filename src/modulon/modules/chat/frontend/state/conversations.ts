/** The conversations in sight, newest first, shared by the sidebar and the pages: pinned, in open folders, and loose. */
import { Store, type Page } from '@modulon/sdk';

import { listConversations, type Conversation } from '../api.js';
import { folders, loadFolders, openFolders } from './folders.js';

export interface ConversationList {
  items: readonly Conversation[];
  /** Leads to older loose ones. */
  next: string | null;
  loading: boolean;
  /** Whether the first page has come. */
  loaded: boolean;
  error: unknown;
}

const MOST = 200;

function newestFirst(items: Iterable<Conversation>): Conversation[] {
  return [...items].sort((a, b) => b.updated_at.localeCompare(a.updated_at) || b.id.localeCompare(a.id));
}

/** Neither pinned nor in a folder: it stands among the days. */
export function isLoose({ pinned, folder_id: folder }: Conversation): boolean {
  return !pinned && folder === null;
}

function inSight({ archived, deleted_at: deleted }: Conversation): boolean {
  return !archived && deleted === null;
}

class Conversations {
  readonly state = new Store<ConversationList>({ items: [], next: null, loading: false, loaded: false, error: null });

  /** Loads what is shown first, or brings it up to date without losing what follows it. */
  async refresh(): Promise<void> {
    await this.#load(async () => {
      const [loose, kept] = await Promise.all([listConversations(null, { shelf: 'loose' }), this.#kept(), loadFolders()]);
      const { items, next, loaded } = this.state.value;
      const last = loose.items.at(-1)?.updated_at ?? '';
      const older = loaded && loose.next !== null ? items.filter((one) => isLoose(one) && one.updated_at < last) : [];
      const all = newestFirst(new Map([...older, ...loose.items, ...kept].map((one) => [one.id, one])).values());
      return { items: all, next: older.length > 0 ? next : loose.next };
    });
  }

  async loadMore(): Promise<void> {
    const { next, loading } = this.state.value;
    if (next === null || loading) return;
    await this.#load(async () => {
      const page: Page<Conversation> = await listConversations(next, { shelf: 'loose' });
      return { items: this.#merged(page.items), next: page.next };
    });
  }

  /** What is in a folder, when it is opened. */
  async loadFolder(id: string): Promise<void> {
    await this.#load(async () => {
      const page = await listConversations(null, { folder_id: id, limit: MOST });
      return { items: this.#merged(page.items), next: this.state.value.next };
    });
  }

  /** Takes what is known better: a new conversation, a new title, a run that began or ended. */
  put(...known: readonly Conversation[]): void {
    this.#set({ items: this.#merged(known) });
  }

  remove(...ids: readonly string[]): void {
    this.#set({ items: this.state.value.items.filter((one) => !ids.includes(one.id)) });
  }

  find(id: string): Conversation | undefined {
    return this.state.value.items.find((one) => one.id === id);
  }

  /** Pinned ones, and those in folders that are open and still there. */
  async #kept(): Promise<Conversation[]> {
    const there = new Set(folders.value.map(({ id }) => id));
    const open = [...openFolders.value].filter((id) => there.size === 0 || there.has(id));
    const pages = await Promise.all([
      listConversations(null, { shelf: 'pinned', limit: MOST }),
      ...open.map((id) => listConversations(null, { folder_id: id, limit: MOST })),
    ]);
    return pages.flatMap(({ items }) => items);
  }

  #merged(added: readonly Conversation[]): Conversation[] {
    const byId = new Map(this.state.value.items.map((one) => [one.id, one]));
    for (const one of added) byId.set(one.id, one);
    return newestFirst([...byId.values()].filter(inSight));
  }

  async #load(load: () => Promise<Pick<ConversationList, 'items' | 'next'>>): Promise<void> {
    this.#set({ loading: true });
    try {
      this.#set({ ...(await load()), loading: false, loaded: true, error: null });
    } catch (error) {
      this.#set({ loading: false, error });
    }
  }

  #set(change: Partial<ConversationList>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}

export const conversations = new Conversations();
