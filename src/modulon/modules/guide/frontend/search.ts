/** What the palette finds: passages of the documentation. */
import { navigate, type SearchResult } from '@modulon/sdk';

import { searchHelp, type HelpHit } from './api.js';
import { helpPath } from './paths.js';

const MOST = 5;

export async function searchDocumentation(query: string, signal: AbortSignal): Promise<{ results: SearchResult[] }> {
  const text = query.trim();
  if (text === '') return { results: [] };
  return { results: (await searchHelp(text.slice(0, 200), signal)).slice(0, MOST).map(found) };
}

function found({ page, anchor, title, trail, snippet }: HelpHit): SearchResult {
  return {
    id: `${page}#${anchor}`,
    title,
    detail: [...trail, snippet].join(' › '),
    icon: 'book-open',
    open: () => { navigate(helpPath(page, anchor)); },
  };
}
