/** Conversations to a file and back, in portions, so that any number works and can be watched and stopped. */
import { ApiError, Store, errorText, t, toast } from '@modulon/sdk';

import { changed } from '../actions.js';
import { PORTION, exportConversations, importConversations, listConversations, type PortableConversation } from '../api.js';
import { conversations } from './conversations.js';
import { fileName, markdownOf } from './markdown.js';

export interface Progress {
  kind: 'export' | 'import';
  done: number;
  total: number;
  stop: () => void;
}

/** What is under way; null if nothing is. */
export const progress = new Store<Progress | null>(null);

const FORMAT = 'modulon.conversations';
const VERSION = 1;
/** A file of more bytes is not read into this page. */
const LARGEST = 512 * 1024 * 1024;

function save(name: string, type: string, parts: BlobPart[]): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Does *work* for each portion while the progress is shown; whether it came to its end. */
async function inPortions<T>(kind: Progress['kind'], items: readonly T[], work: (some: readonly T[], signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const control = new AbortController();
  const stop = (): void => { control.abort(); };
  try {
    for (let done = 0; done < items.length; done += PORTION) {
      progress.set({ kind, done, total: items.length, stop });
      await work(items.slice(done, done + PORTION), control.signal);
    }
    return true;
  } catch (error) {
    if (!control.signal.aborted) toast(explained(error), { tone: 'bad' });
    return false;
  } finally {
    progress.set(null);
  }
}

/** What is wrong, and where in the file if the server says. */
function explained(error: unknown): string {
  const text = errorText(error, 'chat');
  const [where] = error instanceof ApiError ? Object.entries(error.fields) : [];
  return where === undefined ? text : t('chat.portable.broken_at', { where: where[0], why: where[1] });
}

async function exported(ids: readonly string[]): Promise<PortableConversation[] | null> {
  const all: PortableConversation[] = [];
  const whole = await inPortions('export', ids, async (some, signal) => {
    all.push(...(await exportConversations(some, signal)).conversations);
  });
  return whole ? all : null;
}

export async function saveAsJson(ids: readonly string[]): Promise<void> {
  const all = await exported(ids);
  const [first] = all ?? [];
  if (all === null || first === undefined) return;
  const head = { format: FORMAT, version: VERSION, exported_at: new Date().toISOString() };
  const name = all.length === 1 ? fileName(first.title) : t('chat.portable.file');
  save(`${name}.json`, 'application/json', [JSON.stringify({ ...head, conversations: all })]);
}

export async function saveAsMarkdown(ids: readonly string[]): Promise<void> {
  const all = await exported(ids);
  const [first] = all ?? [];
  if (all === null || first === undefined) return;
  const words = { you: t('chat.thread.you'), untitled: t('chat.header.untitled') };
  const name = all.length === 1 ? fileName(first.title) : t('chat.portable.file');
  save(`${name}.md`, 'text/markdown', [all.map((one) => markdownOf(one, words)).join('\n---\n\n')]);
}

/** Everything there is, in the archive too. */
export async function saveAll(): Promise<void> {
  const ids: string[] = [];
  try {
    for (const shelf of ['all', 'archived'] as const) {
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listConversations>> = await listConversations(cursor, { shelf, limit: 200 });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null);
    }
  } catch (error) {
    toast(errorText(error, 'chat'), { tone: 'bad' });
    return;
  }
  await saveAsJson(ids);
}

function conversationsIn(text: string): unknown[] | null {
  try {
    const file = JSON.parse(text) as { format?: unknown; conversations?: unknown } | null;
    return file?.format === FORMAT && Array.isArray(file.conversations) ? file.conversations : null;
  } catch {
    return null;
  }
}

/** Reads a file that was saved here or elsewhere; what is here already is not made again. */
export async function readFile(file: File): Promise<void> {
  const given = file.size > LARGEST ? null : conversationsIn(await file.text());
  if (given === null) {
    toast(t(file.size > LARGEST ? 'chat.portable.too_large' : 'chat.portable.not_ours', { name: file.name }), { tone: 'bad' });
    return;
  }
  const count = { created: 0, known: 0 };
  const whole = await inPortions('import', given, async (some, signal) => {
    const results = await importConversations({ format: FORMAT, version: VERSION }, some, signal);
    for (const { result } of results) count[result] += 1;
  });
  if (whole || count.created > 0) toast(t('chat.portable.read', count), { tone: 'ok' });
  changed.set(changed.value + 1);
  await conversations.refresh();
}
