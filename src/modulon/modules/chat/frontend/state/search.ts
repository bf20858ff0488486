/** What the palette finds: recent conversations, or what was written in them. */
import { formatRelative, navigate, type SearchResult } from '@modulon/sdk';

import { listConversations, searchText, type SearchHit } from '../api.js';
import { conversationPath, messagePath } from '../paths.js';

const LIMIT = 8;

export async function searchConversations(query: string, signal: AbortSignal): Promise<{ results: SearchResult[] }> {
  const text = query.trim();
  if (text === '') return { results: await recent(signal) };
  const { items } = await searchText(text, null, { limit: LIMIT }, signal);
  return { results: items.map(found) };
}

async function recent(signal: AbortSignal): Promise<SearchResult[]> {
  const { items } = await listConversations(null, { limit: LIMIT }, signal);
  return items.map(({ id, title, updated_at: updated, pinned }) => ({
    id,
    title,
    icon: pinned ? 'pin' : 'message-square',
    note: formatRelative(updated),
    open: () => { navigate(conversationPath(id)); },
  }));
}

function found(hit: SearchHit): SearchResult {
  const { conversation_id: id, message_id: message, at } = hit;
  return {
    id: message ?? id,
    title: hit.title.map(({ text }) => text).join(''),
    ...(message === null ? {} : { detail: hit.passage }),
    icon: message === null ? (hit.pinned ? 'pin' : 'message-square') : 'text-search',
    note: formatRelative(at),
    open: () => { navigate(messagePath(id, message)); },
  };
}
