/** Names of what is kept in this browser: each person's own, since others may sign in here too. */
import { session } from '@modulon/sdk';

export function keptName(what: string): string {
  return `chat.${session.value?.user.id ?? 'nobody'}.${what}`;
}
