/** The conversations that are open on this page. The last few stay as they are, so that going back to one is instant. */
import { announce, errorText, navigate, t, toast } from '@modulon/sdk';

import type { Conversation } from '../api.js';
import { conversationPath } from '../paths.js';
import { conversations } from './conversations.js';
import { moveDraft } from './drafts.js';
import { Thread, type ThreadListener } from './thread.js';

const KEPT = 5;

const open = new Map<string, Thread>();
let fresh: Thread | null = null;

/** A conversation began: it has an address now. Whoever has gone on to another page meanwhile stays there. */
function begun(thread: Thread, conversation: Conversation): void {
  keep(conversation.id, thread);
  moveDraft(null, conversation.id);
  const shown = fresh === thread && location.pathname === '/';
  if (fresh === thread) fresh = null;
  if (shown) navigate(conversationPath(conversation.id));
}

function make(id: string | null): Thread {
  const listener: ThreadListener = {
    changed: (conversation) => { conversations.put(conversation); },
    started: (conversation) => { begun(thread, conversation); },
    writing: () => { announce(t('chat.message.writing')); },
    done: () => { announce(t('chat.message.done')); },
    failed: (error) => { toast(errorText(error, 'chat'), { tone: 'bad' }); },
  };
  const thread = new Thread(id, listener);
  return thread;
}

function keep(id: string, thread: Thread): void {
  open.delete(id);
  open.set(id, thread);
  const [oldest] = open.keys();
  if (open.size <= KEPT || oldest === undefined) return;
  open.get(oldest)?.dispose();
  open.delete(oldest);
}

/** The thread of a conversation, or with null of the one that begins with the next message. */
export function threadOf(id: string | null): Thread {
  if (id === null) return (fresh ??= make(null));
  const known = open.get(id);
  const thread = known ?? make(id);
  keep(id, thread);
  // it may have gone on elsewhere since it was shown last
  if (known !== undefined) void known.load();
  return thread;
}

/** A conversation that is open here went on somewhere else, in another tab or on another device. */
export function changedElsewhere(conversationId: string, runId: string | null): void {
  const thread = open.get(conversationId);
  if (thread === undefined || (runId !== null && thread.state.value.runId === runId)) return;
  void thread.load();
}

/** Something about a conversation was changed from outside its page. */
export function tellThread(conversation: Conversation): void {
  open.get(conversation.id)?.take(conversation);
}

export function forgetThread(id: string): void {
  open.get(id)?.dispose();
  open.delete(id);
}
