/** The list of conversations, newest first, shared by the sidebar and the pages. */
import { Store, type Page } from '@modulon/sdk';

import { listConversations, type Conversation } from '../api.js';

export interface ConversationList {
  items: readonly Conversation[];
  next: string | null;
  loading: boolean;
  /** Whether the first page has come. */
  loaded: boolean;
  error: unknown;
}

function newestFirst(items: Iterable<Conversation>): Conversation[] {
  return [...items].sort((a, b) => b.updated_at.localeCompare(a.updated_at) || b.id.localeCompare(a.id));
}

class Conversations {
  readonly state = new Store<ConversationList>({ items: [], next: null, loading: false, loaded: false, error: null });

  /** Loads the first page, or brings it up to date without losing what follows it. */
  async refresh(): Promise<void> {
    await this.#load(null, (page) => {
      const { items, next, loaded } = this.state.value;
      const last = page.items.at(-1)?.updated_at ?? '';
      const further = loaded && page.next !== null ? items.filter(({ updated_at }) => updated_at < last) : [];
      return { items: [...page.items, ...further], next: further.length > 0 ? next : page.next };
    });
  }

  async loadMore(): Promise<void> {
    const { next, loading } = this.state.value;
    if (next === null || loading) return;
    await this.#load(next, (page) => ({ items: this.#merged(page.items), next: page.next }));
  }

  /** Takes what is known better: a new conversation, a new title, a run that began or ended. */
  put(conversation: Conversation): void {
    this.#set({ items: this.#merged([conversation]) });
  }

  remove(id: string): void {
    this.#set({ items: this.state.value.items.filter((one) => one.id !== id) });
  }

  #merged(added: readonly Conversation[]): Conversation[] {
    const byId = new Map(this.state.value.items.map((one) => [one.id, one]));
    for (const one of added) byId.set(one.id, one);
    return newestFirst(byId.values());
  }

  async #load(cursor: string | null, take: (page: Page<Conversation>) => Pick<ConversationList, 'items' | 'next'>): Promise<void> {
    this.#set({ loading: true });
    try {
      const page = await listConversations(cursor);
      this.#set({ ...take(page), loading: false, loaded: true, error: null });
    } catch (error) {
      this.#set({ loading: false, error });
    }
  }

  #set(change: Partial<ConversationList>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}

export const conversations = new Conversations();
