/** Keeps what is shown true when something changes elsewhere: in another tab, on another device, by another program. */
import { onNotification, type Notification } from '@modulon/sdk';

import { conversations } from './conversations.js';
import { changedElsewhere, forgetThread } from './threads.js';

/** Changes that come together, for example a message and the end of its run, are one refresh of the list. */
const GATHER_MS = 300;

let started = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function take({ type, key, payload }: Notification): void {
  clearTimeout(timer);
  timer = setTimeout(() => void conversations.refresh(), GATHER_MS);
  if (type === 'chat.conversation_deleted') {
    conversations.remove(key);
    forgetThread(key);
  } else if (type === 'chat.message_accepted') {
    const run = payload['run_id'];
    changedElsewhere(key, typeof run === 'string' ? run : null);
  } else if (type === 'chat.conversation_renamed' || type === 'chat.conversation_moved') changedElsewhere(key, null);
}

/** Listens from now on; further calls do nothing. */
export function startLive(): void {
  if (started) return;
  started = true;
  onNotification('chat.*', take);
}
