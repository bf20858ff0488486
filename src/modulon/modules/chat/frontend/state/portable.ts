/** Conversations to a file and back, in portions, so that any number works and can be watched and stopped. */
import { ApiError, Store, errorText, faultText, t, toast } from '@modulon/sdk';

import { changed } from '../actions.js';
import { exportConversations, importConversations, listConversations, type PortableConversation } from '../api.js';
import { conversations } from './conversations.js';
import { fileName, markdownOf } from './markdown.js';
import { PORTION, placeInFile, portion } from './portions.js';

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

/** Does *work* from where the portion before ended while the progress is shown; it gives how many it did. Whether all
 * came to an end. */
async function inPortions(kind: Progress['kind'], total: number, work: (from: number, signal: AbortSignal) => Promise<number>): Promise<boolean> {
  const control = new AbortController();
  const stop = (): void => { control.abort(); };
  let done = 0;
  try {
    while (done < total) {
      progress.set({ kind, done, total, stop });
      done += await work(done, control.signal);
    }
    return true;
  } catch (error) {
    if (!control.signal.aborted) toast(explained(error, done), { tone: 'bad' });
    return false;
  } finally {
    progress.set(null);
  }
}

/** What is wrong, and where in the whole file; the portion that failed begins with conversation *from*. */
function explained(error: unknown, from: number): string {
  if (error instanceof ApiError && error.code === 'too_large') return t('chat.portable.one_too_large', { number: from + 1 });
  const text = errorText(error, 'chat');
  const [where] = error instanceof ApiError ? Object.entries(error.fields) : [];
  return where === undefined ? text : t('chat.portable.broken_at', { where: placeInFile(where[0], from), why: faultText(where[1], 'chat') });
}

async function exported(ids: readonly string[]): Promise<PortableConversation[] | null> {
  const all: PortableConversation[] = [];
  const whole = await inPortions('export', ids.length, async (from, signal) => {
    const { conversations: some } = await exportConversations(ids.slice(from, from + PORTION), signal);
    all.push(...some);
    return some.length;
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
  const whole = await inPortions('import', given.length, async (from, signal) => {
    const some = given.slice(from, from + portion(given, from));
    const results = await importConversations({ format: FORMAT, version: VERSION }, some, signal);
    for (const { result } of results) count[result] += 1;
    return some.length;
  });
  if (whole || count.created > 0) toast(t('chat.portable.read', count), { tone: 'ok' });
  changed.set(changed.value + 1);
  await conversations.refresh();
}
