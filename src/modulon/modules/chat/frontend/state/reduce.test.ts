import { describe, expect, it } from 'vitest';

import type { Message, Run, RunEvent } from '../api.js';
import { blocksOf, faultOf, textOf } from './content.js';
import { applyEvent, sizeOf } from './reduce.js';

const run: Run = {
  id: 'r1',
  conversation_id: 'c1',
  message_id: 'm2',
  state: 'running',
  model: 'sim/one',
  parent_run_id: null,
  created_at: '2026-01-01T00:00:00.000000Z',
  finished_at: null,
  error: null,
};

const empty: Message = {
  id: 'm2',
  conversation_id: 'c1',
  parent_id: 'm1',
  role: 'assistant',
  status: 'streaming',
  model: '',
  run_id: null,
  created_at: run.created_at,
  parts: [],
  siblings: ['m2'],
  usage: null,
};

const after = (message: Message, ...events: RunEvent[]): Message => events.reduce(applyEvent, message);
const started = (index: number, type: 'text' | 'reasoning' | 'tool_call', more: Record<string, string> = {}): RunEvent => ({
  type: 'part.started',
  data: { message_id: 'm2', part: { index, type, ...more } },
});
const delta = (index: number, text: string): RunEvent => ({ type: 'part.delta', data: { index, text } });
const finished = (message_status: Message['status'], error: Run['error'] = null): RunEvent => ({
  type: 'run.finished',
  data: { run, message_status, error },
});

describe('the events of a run', () => {
  it('make the message', () => {
    const message = after(
      empty,
      { type: 'run.started', data: { run } },
      started(0, 'reasoning'),
      delta(0, 'hm'),
      started(1, 'tool_call', { call_id: 'x', name: 'search' }),
      delta(1, '{"q":'),
      delta(1, '1}'),
      started(2, 'text'),
      delta(2, 'Hello '),
      delta(2, 'you'),
      { type: 'part.finished', data: { index: 2 } },
      { type: 'usage', data: { input_tokens: 3, output_tokens: 4 } },
      finished('complete'),
    );
    expect(message).toMatchObject({ status: 'complete', run_id: 'r1', model: 'sim/one', usage: { output_tokens: 4 } });
    expect(message.parts[1]).toMatchObject({ name: 'search', arguments: '{"q":1}' });
    expect(textOf(message)).toBe('Hello you');
    expect(blocksOf(message).map(({ kind }) => kind)).toEqual(['steps', 'text']);
    expect(sizeOf(message)).toBe(12);
  });

  it('leave the message before them as it was', () => {
    const before = after(empty, started(0, 'text'), delta(0, 'a'));
    after(before, delta(0, 'b'));
    expect(textOf(before)).toBe('a');
  });

  it('begin a part anew when they are replayed', () => {
    const half = after(empty, started(0, 'text'), delta(0, 'Hel'));
    expect(textOf(after(half, started(0, 'text'), delta(0, 'Hello')))).toBe('Hello');
  });

  it('put the durable message in the place of what was lost', () => {
    const ahead = after(empty, started(0, 'text'), delta(0, 'never written down'));
    const durable: Message = { ...empty, parts: [{ type: 'text', index: 0, text: 'written' }] };
    const message = after(ahead, { type: 'message.reset', data: { message: durable } }, delta(0, ' and on'));
    expect(textOf(message)).toBe('written and on');
  });

  it('say once why the answer ends', () => {
    const error = { code: 'chat.model_network', detail: 'It broke.' };
    const broken = after(empty, started(0, 'text'), delta(0, 'a'), finished('interrupted', error));
    expect(faultOf(broken)).toMatchObject(error);
    const said = after(broken, finished('interrupted', error));
    expect(said.parts.filter(({ type }) => type === 'error')).toHaveLength(1);
  });

  it('join what was interrupted with its continuation', () => {
    const error = { code: 'chat.server_stopped', detail: 'It stopped.' };
    const broken = after(empty, started(0, 'text'), delta(0, 'Half a sen'), finished('interrupted', error));
    const whole = after(broken, { type: 'run.started', data: { run } }, started(2, 'text'), delta(2, 'tence.'), finished('complete'));
    expect(blocksOf(whole)).toEqual([{ kind: 'text', text: 'Half a sentence.' }]);
    expect(faultOf(whole)).toBeUndefined();
  });

  it('may be of a kind that this page does not know', () => {
    expect(applyEvent(empty, { type: 'sources', data: {} } as unknown as RunEvent)).toBe(empty);
  });
});
