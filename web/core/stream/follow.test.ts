import { describe, expect, it } from 'vitest';

import { ApiError } from '../api/problem.js';
import type { StreamEnvironment } from './environment.js';
import { followStream, type StreamEvent, type StreamState } from './follow.js';

/** One answer of the scripted server: a failure, or chunks of a body that then ends or breaks. */
type Answer = { status: number; retryAfter?: number } | { chunks: string[]; broken?: boolean };

const noNetwork: Answer = { status: 0 };

function body(chunks: string[], broken: boolean): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const left = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const chunk = left.shift();
      if (chunk !== undefined) controller.enqueue(encoder.encode(chunk));
      else if (broken) controller.error(new TypeError('network error'));
      else controller.close();
    },
  });
}

interface Script {
  environment: StreamEnvironment;
  resumedAfter: (string | null)[];
  waits: number[];
}

function script(answers: Answer[], online: boolean[] = []): Script {
  const resumedAfter: (string | null)[] = [];
  const waits: number[] = [];
  const environment: StreamEnvironment = {
    open(_path, options) {
      resumedAfter.push(options.headers?.['last-event-id'] ?? null);
      const answer = answers.shift() ?? { status: 404 };
      if ('chunks' in answer) return Promise.resolve(new Response(body(answer.chunks, answer.broken ?? false)));
      const problem = { title: '', detail: '', code: 'test', status: answer.status };
      return Promise.reject(new ApiError(problem, answer.retryAfter));
    },
    random: () => 1,
    wait(ms) {
      waits.push(ms);
      return Promise.resolve();
    },
    online: () => online.shift() ?? true,
    untilOnline: () => Promise.resolve(),
  };
  return { environment, resumedAfter, waits };
}

function event(id: string, type: string, data: unknown = {}): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function follow(scripted: Script, after?: string): Promise<{ events: StreamEvent[]; states: StreamState[] }> {
  const events: StreamEvent[] = [];
  const states: StreamState[] = [];
  await followStream({
    path: '/runs/1/events',
    signal: new AbortController().signal,
    environment: scripted.environment,
    onState: (state) => states.push(state),
    onEvent(got) {
      events.push(got);
      return got.type === 'run.finished';
    },
    ...(after === undefined ? {} : { after }),
  });
  return { events, states };
}

const ids = (events: StreamEvent[]): string[] => events.map(({ id }) => id);

describe('a followed stream', () => {
  it('hands on each event and ends with the last', async () => {
    const all = event('1.1', 'part.delta', { index: 0, text: 'hé' }) + ': heartbeat\n\n' + event('1.2', 'run.finished');
    const scripted = script([{ chunks: [all.slice(0, 31), all.slice(31, 60), all.slice(60)] }]);
    const { events, states } = await follow(scripted);
    expect(events[0]).toEqual({ type: 'part.delta', id: '1.1', data: { index: 0, text: 'hé' } });
    expect(ids(events)).toEqual(['1.1', '1.2']);
    expect(states).toEqual(['connecting', 'open']);
    expect(scripted.resumedAfter).toEqual([null]);
  });

  it('resumes after the last event when the connection is cut in the middle of one', async () => {
    const scripted = script([
      { chunks: [event('1.1', 'a'), event('1.2', 'b').slice(0, 12)], broken: true },
      { chunks: [event('1.2', 'b')] },
      { chunks: [event('1.3', 'run.finished')] },
    ]);
    const { events } = await follow(scripted);
    expect(ids(events)).toEqual(['1.1', '1.2', '1.3']);
    expect(scripted.resumedAfter).toEqual([null, '1.1', '1.2']);
  });

  it('never hands on an event twice, whatever the server repeats', async () => {
    const scripted = script([
      { chunks: [event('1.1', 'a'), event('1.1', 'a'), event('1.2', 'b')], broken: true },
      { chunks: [event('1.1', 'a'), event('1.2', 'b'), event('1.3', 'run.finished')] },
    ]);
    expect(ids((await follow(scripted)).events)).toEqual(['1.1', '1.2', '1.3']);
  });

  it('goes over to a new epoch with the reset that opens it, and drops what is left of the old', async () => {
    const scripted = script([
      { chunks: [event('1.1', 'a'), event('1.9', 'b')], broken: true },
      { chunks: [event('2.1', 'message.reset', { message: {} }), event('1.10', 'late'), event('2.2', 'run.finished')] },
    ]);
    expect(ids((await follow(scripted)).events)).toEqual(['1.1', '1.9', '2.1', '2.2']);
  });

  it('begins after an event that is already known', async () => {
    const scripted = script([{ chunks: [event('1.4', 'old'), event('1.5', 'run.finished')] }]);
    expect(ids((await follow(scripted, '1.4')).events)).toEqual(['1.5']);
    expect(scripted.resumedAfter).toEqual(['1.4']);
  });

  it('waits longer after each failure, and briefly again after something arrived', async () => {
    const scripted = script([noNetwork, { status: 503 }, { status: 502 }, { chunks: [event('1.1', 'a')] }, { chunks: [event('1.2', 'run.finished')] }]);
    const { states } = await follow(scripted);
    expect(scripted.waits).toEqual([250, 500, 1000, 250]);
    expect(states).toContain('waiting');
  });

  it('waits for the network while offline', async () => {
    const scripted = script([noNetwork, { chunks: [event('1.1', 'run.finished')] }], [false]);
    const { states } = await follow(scripted);
    expect(states).toEqual(['connecting', 'offline', 'connecting', 'open']);
    expect(scripted.waits).toEqual([]);
  });

  it('waits as long as the server asks', async () => {
    const scripted = script([{ status: 429, retryAfter: 7 }, { chunks: [event('1.1', 'run.finished')] }]);
    await follow(scripted);
    expect(scripted.waits).toEqual([7000]);
  });

  it.each([401, 403, 404, 410])('gives up at %i', async (status) => {
    await expect(follow(script([{ status }]))).rejects.toThrow(ApiError);
  });

  it('stops when aborted, with the reason', async () => {
    const control = new AbortController();
    const scripted = script([{ chunks: [event('1.1', 'a')] }, { status: 503 }]);
    const running = followStream({
      path: '/x',
      signal: control.signal,
      environment: scripted.environment,
      onEvent: () => {
        control.abort(new Error('left'));
        return false;
      },
    });
    await expect(running).rejects.toThrow('left');
    expect(scripted.resumedAfter).toHaveLength(1);
  });

  it('does not repeat an event whose handler failed', async () => {
    const scripted = script([{ chunks: [event('1.1', 'a')] }, { chunks: [event('1.1', 'a')] }]);
    const running = followStream({
      path: '/x',
      signal: new AbortController().signal,
      environment: scripted.environment,
      onEvent: () => {
        throw new Error('broken handler');
      },
    });
    await expect(running).rejects.toThrow('handler');
    expect(scripted.resumedAfter).toHaveLength(1);
  });
});
