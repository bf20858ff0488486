/** What can be done with conversations from more than one place. */
import { Store, confirm, copyText, errorText, navigate, route, t, toast } from '@modulon/sdk';

import { changeConversation, deleteConversation, type Conversation } from './api.js';
import { conversationPath } from './paths.js';
import { conversations } from './state/conversations.js';
import { forgetDraft } from './state/drafts.js';
import { forgetThread, tellThread } from './state/threads.js';

/** Raised by one each time somebody wants to write: the composer takes the focus. */
export const focusWanted = new Store(0);

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

/** Asks first; then deletes, and leaves the conversation's page if it is shown. */
export async function askToDelete({ id, title }: Conversation): Promise<void> {
  const agreed = await confirm({
    title: t('chat.delete.title'),
    text: t('chat.delete.text', { title }),
    confirm: t('chat.delete.confirm'),
    danger: true,
  });
  if (!agreed) return;
  try {
    await deleteConversation(id);
  } catch (error) {
    toast(errorText(error, 'chat'), { tone: 'bad' });
    return;
  }
  conversations.remove(id);
  forgetDraft(id);
  forgetThread(id);
  toast(t('chat.delete.done'), { tone: 'ok' });
  if (route.value.path === conversationPath(id)) navigate('/', { replace: true });
}

export async function copy(text: string): Promise<void> {
  const copied = await copyText(text);
  if (copied) toast(t('chat.message.copied'), { tone: 'ok' });
  else toast(t('chat.message.copy_failed'), { tone: 'bad' });
}
