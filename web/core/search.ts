import { Store } from './store.js';

/** One thing found, as the palette shows it. */
export interface SearchResult {
  id: string;
  title: string;
  /** A second line, for example the passage found: in pieces, of which some are what was searched for. */
  detail?: string | readonly { text: string; hit: boolean }[];
  icon: string;
  /** A word at the end of the row: when, where. */
  note?: string;
  open: () => unknown;
}

/** Something the palette searches: a module's conversations, agents, documents. */
export interface SearchSource {
  id: string;
  /** The heading, in the person's language. */
  group: string;
  /** Results, best first. An empty query asks for the recent ones. */
  search: (query: string, signal: AbortSignal) => Promise<{ results: SearchResult[]; total?: number }>;
}

export const searchSources = new Store<readonly SearchSource[]>([]);

/** Lets the palette search *source* until the returned function is called. */
export function addSearchSource(source: SearchSource): () => void {
  const sources = [...searchSources.value.filter((one) => one.id !== source.id), source];
  // Modules are loaded in any order; what they find stands in the same order each time.
  searchSources.set(sources.sort((a, b) => a.id.localeCompare(b.id)));
  return () => {
    searchSources.set(searchSources.value.filter((one) => one !== source));
  };
}
