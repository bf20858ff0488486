import type { Consumer, Letter, LoggedEvent } from './api.js';

/** What tests show. */
export function event(seq: number, more: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    seq, position: `0.${String(seq)}`, type: 'chat.conversation_deleted', version: 1, key: `k${String(seq)}`, payload: { number: seq }, actor: null,
    actor_name: null, workspace: null, trace: 'abc', created_at: '2026-11-29T12:00:00.123456Z', ...more,
  };
}

export const consumer: Consumer = {
  name: 'chat.forget', module: 'chat', types: ['chat.conversation_deleted'], serves: true, seq: 9, lag: 0, waiting: 0, dead: 1,
  updated_at: '2026-11-29T12:00:00Z',
};

export const letter: Letter = {
  consumer: 'chat.forget', seq: 7, type: 'chat.conversation_deleted', key: 'k7', tries: 6, error: 'ValueError: cannot bear it',
  due_at: null, given_up_at: '2026-11-29T12:30:00Z',
};
