/** What the menu of a conversation offers, in the sidebar and over the thread. */
import { t } from '@modulon/sdk';
import type { MenuEntry } from '@modulon/kit/menu';

import { archive, moving, pin, remove } from '../actions.js';
import type { Conversation } from '../api.js';

/** Fetched when it is needed for the first time. */
const portable = (): Promise<typeof import('../state/portable.js')> => import('../state/portable.js');

export function conversationMenu(conversation: Conversation, rename: () => void): MenuEntry[] {
  const { id, pinned } = conversation;
  return [
    { id: 'pin', label: t(pinned ? 'chat.list.unpin' : 'chat.list.pin'), icon: pinned ? 'pin-off' : 'pin', run: () => pin(conversation) },
    { id: 'rename', label: t('chat.list.rename'), icon: 'pencil', run: rename },
    { id: 'move', label: t('chat.list.move'), icon: 'folder-input', run: () => { moving.set([id]); } },
    { id: 'archive', label: t('chat.list.archive'), icon: 'archive', run: () => archive([id]) },
    { id: 'markdown', label: t('chat.portable.markdown'), icon: 'file-text', run: async () => { await (await portable()).saveAsMarkdown([id]); } },
    { id: 'json', label: t('chat.portable.json'), icon: 'download', run: async () => { await (await portable()).saveAsJson([id]); } },
    '-',
    { id: 'delete', label: t('chat.list.delete'), icon: 'trash-2', danger: true, run: () => remove([id]) },
  ];
}
