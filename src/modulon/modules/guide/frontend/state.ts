/** What the page of the documentation shows. */
import { ApiError, Store, errorText } from '@modulon/sdk';

import { listPages, readPage, searchHelp, type HelpHit, type HelpPage, type HelpPageItem } from './api.js';

export interface Shown {
  /** null until they were loaded. */
  pages: readonly HelpPageItem[] | null;
  page: HelpPage | null;
  /** There is no such page. */
  unknown: boolean;
  /** What went wrong, '' if nothing did. */
  problem: string;
  /** The passages found, null if nothing is searched for. */
  hits: readonly HelpHit[] | null;
}

const PAUSE_MS = 150;

export class Documentation {
  readonly state = new Store<Shown>({ pages: null, page: null, unknown: false, problem: '', hits: null });
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #search: AbortController | undefined;

  #set(change: Partial<Shown>): void {
    this.state.set({ ...this.state.value, ...change });
  }

  /** Loads the list and, unless *group* is '', a page. */
  async open(group: string, name: string): Promise<void> {
    const wanted = (this.#wanted = `${group}/${name}`);
    this.#set({ problem: '', unknown: false, page: this.state.value.page?.id === wanted ? this.state.value.page : null });
    try {
      const [pages, page] = await Promise.all([this.state.value.pages ?? listPages(), group === '' ? null : readPage(group, name)]);
      if (wanted === this.#wanted) this.#set({ pages, page });
    } catch (error) {
      if (wanted !== this.#wanted) return;
      const unknown = error instanceof ApiError && error.status === 404;
      this.#set(unknown ? { unknown, pages: this.state.value.pages ?? (await listPages().catch(() => [])) } : { problem: errorText(error, 'guide') });
    }
  }

  /** Searches after a pause in typing; an empty text ends it. */
  search(text: string): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    if (text.trim() === '') this.#set({ hits: null, problem: '' });
    else this.#timer = setTimeout(() => void this.#find(text.trim()), PAUSE_MS);
  }

  /** Ends what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
  }

  async #find(text: string): Promise<void> {
    const { signal } = (this.#search = new AbortController());
    try {
      const hits = await searchHelp(text.slice(0, 200), signal);
      if (!signal.aborted) this.#set({ hits, problem: '' });
    } catch (error) {
      if (!signal.aborted) this.#set({ problem: errorText(error, 'guide') });
    }
  }
}
