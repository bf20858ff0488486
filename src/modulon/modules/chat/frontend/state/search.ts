/** What the palette finds among the conversations. */
import { formatRelative, navigate, type SearchResult } from '@modulon/sdk';

import { listConversations } from '../api.js';
import { conversationPath } from '../paths.js';

export async function searchConversations(query: string, signal: AbortSignal): Promise<{ results: SearchResult[] }> {
  const { items } = await listConversations(null, query.trim() === '' ? {} : { q: query.trim() }, signal);
  const results = items.map(({ id, title, updated_at: updated }): SearchResult => ({
    id,
    title,
    icon: 'message-square',
    note: formatRelative(updated),
    open: () => { navigate(conversationPath(id)); },
  }));
  return { results };
}
