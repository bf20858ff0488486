/** What can be done with conversations from more than one place. */
import { Store, confirm, copyText, errorText, faultText, navigate, route, t, toast } from '@modulon/sdk';

import { changeConversation, changeMany, type BulkAction, type Conversation } from './api.js';
import { conversationPath } from './paths.js';
import { conversations } from './state/conversations.js';
import { forgetDraft } from './state/drafts.js';
import { selection } from './state/selection.js';
import { forgetThread, tellThread } from './state/threads.js';

/** Raised by one each time somebody wants to write: the composer takes the focus. */
export const focusWanted = new Store(0);

/** Conversations for which a folder is being chosen. */
export const moving = new Store<readonly string[]>([]);

/** Raised when something was done to many, so that other lists than the sidebar's load anew. */
export const changed = new Store(0);

/** How long what was done can be undone from the message about it. */
const UNDO_MS = 10_000;

export function focusComposer(): void {
  focusWanted.set(focusWanted.value + 1);
}

export function newChat(): void {
  navigate('/');
  focusComposer();
}

export async function renameConversation(id: string, title: string): Promise<void> {
  try {
    const conversation = await changeConversation(id, { title });
    conversations.put(conversation);
    tellThread(conversation);
  } catch (error) {
    toast(errorText(error, 'chat'), { tone: 'bad' });
  }
}

export async function pin({ id, pinned }: Conversation): Promise<void> {
  await apply([id], { action: 'update', pinned: !pinned });
}

export async function moveTo(ids: readonly string[], folder: string | null, name: string): Promise<void> {
  const before = new Map(ids.map((id) => [id, conversations.find(id)?.folder_id ?? null]));
  const done = await apply(ids, { action: 'update', folder_id: folder });
  if (done.length === 0) return;
  const text = folder === null ? t('chat.move.out', { n: done.length }) : t('chat.move.done', { n: done.length, name });
  withUndo(text, async () => {
    const groups = Map.groupBy(done, (id) => before.get(id) ?? null);
    for (const [back, some] of groups) await apply(some, { action: 'update', folder_id: back });
  });
}

export async function archive(ids: readonly string[], archived = true): Promise<void> {
  const done = await apply(ids, { action: 'update', archived });
  if (done.length === 0) return;
  const text = t(archived ? 'chat.archive.done' : 'chat.archive.back', { n: done.length });
  withUndo(text, () => apply(done, { action: 'update', archived: !archived }));
}

/** Deletes at once; for some seconds it can be undone from here, and for some days from the list of deleted ones. */
export async function remove(ids: readonly string[]): Promise<void> {
  const done = await apply(ids, { action: 'delete' });
  if (done.length === 0) return;
  const here = done.find((id) => route.value.path === conversationPath(id));
  if (here !== undefined) navigate('/', { replace: true });
  withUndo(t('chat.delete.done', { n: done.length }), async () => {
    await apply(done, { action: 'restore' });
    if (here !== undefined) navigate(conversationPath(here));
  });
}

export async function restore(ids: readonly string[]): Promise<void> {
  const done = await apply(ids, { action: 'restore' });
  if (done.length > 0) toast(t('chat.delete.restored', { n: done.length }), { tone: 'ok' });
}

export async function removeForEver(ids: readonly string[]): Promise<void> {
  const asked = {
    title: t('chat.delete.for_ever_title', { n: ids.length }),
    text: t('chat.delete.for_ever_text'),
    confirm: t('chat.bulk.for_ever'),
    danger: true,
  };
  if (!(await confirm(asked))) return;
  for (const id of await apply(ids, { action: 'delete_for_ever' })) forgetDraft(id);
}

/** Does it to each, says which were refused and why, and resolves to the ids of those that were not. */
export async function apply(ids: readonly string[], action: BulkAction): Promise<string[]> {
  try {
    const results = await changeMany(ids, action);
    const done = results.filter(({ status }) => status === 200).map(({ id }) => id);
    const refused = results.filter(({ status }) => status !== 200);
    const [first] = refused;
    if (first !== undefined) {
      toast(t('chat.bulk.refused', { n: refused.length, why: first.error ? faultText(first.error) : '' }), { tone: 'bad' });
    }
    gone(action, done);
    selection.clear();
    changed.set(changed.value + 1);
    await conversations.refresh();
    return done;
  } catch (error) {
    toast(errorText(error, 'chat'), { tone: 'bad' });
    return [];
  }
}

/** What leaves the sidebar leaves at once. */
function gone({ action, archived }: BulkAction, ids: readonly string[]): void {
  if (action === 'delete' || action === 'delete_for_ever') for (const id of ids) forgetThread(id);
  if (action !== 'update' || archived === true) conversations.remove(...ids);
}

function withUndo(text: string, undo: () => unknown): void {
  const close = toast(text, { tone: 'ok', action: { label: t('chat.undo'), run: undo } });
  setTimeout(close, UNDO_MS);
}

export async function copy(text: string): Promise<void> {
  const copied = await copyText(text);
  if (copied) toast(t('chat.message.copied'), { tone: 'ok' });
  else toast(t('chat.message.copy_failed'), { tone: 'bad' });
}
