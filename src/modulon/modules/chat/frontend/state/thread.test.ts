import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Conversation, Message, Run } from '../api.js';
import { textOf } from './content.js';
import { Thread, type ThreadListener } from './thread.js';

/** A server of one conversation: answers every message with what the test says, and remembers who asked what. */
class Server {
  readonly asked: string[] = [];
  readonly keys: string[] = [];
  messages: Message[] = [];
  /** What goes wrong with the next writes, in order: an HTTP status, or 0 for an answer that is lost on its way. */
  failures: number[] = [];
  events: string[] = [];
  #accepted = new Map<string, unknown>();
  #count = 0;

  readonly conversation: Conversation = {
    id: 'c1', title: 'First words', model: 'sim/one', active_message_id: null, active_run_id: null,
    created_at: '2026-01-01T00:00:00.000000Z', updated_at: '2026-01-01T00:00:00.000000Z',
    title_by: 'words', folder_id: null, pinned: false, archived: false, deleted_at: null,
  };

  message(parent: string | null, role: Message['role'], text: string, more: Partial<Message> = {}): Message {
    this.#count += 1;
    const id = `m${String(this.#count)}`;
    return {
      id, conversation_id: 'c1', parent_id: parent, role, status: 'complete', model: '', run_id: null,
      created_at: this.conversation.created_at, parts: [{ type: 'text', index: 0, text }], siblings: [id], usage: null, ...more,
    };
  }

  run(message: Message): Run {
    return {
      id: `run-${message.id}`, conversation_id: 'c1', message_id: message.id, state: 'running', model: 'sim/one',
      parent_run_id: null, created_at: '2026-01-01T00:00:00.000000Z', finished_at: null, error: null,
    };
  }

  readonly fetch = async (input: string, init: RequestInit = {}): Promise<Response> => {
    const path = new URL(input).pathname.replace('/api', '');
    const method = init.method ?? 'GET';
    this.asked.push(`${method} ${path}`);
    if (path.endsWith('/events')) return this.#stream();
    if (method === 'GET') return Response.json(path.endsWith('/messages') ? { items: this.messages, next: null } : this.conversation);
    return this.#write(path, new Headers(init.headers).get('idempotency-key') ?? '', JSON.parse(typeof init.body === 'string' ? init.body : '{}') as never);
  };

  #stream(): Response {
    return new Response(this.events.map((event, index) => `id: 1.${String(index + 1)}\n${event}\n\n`).join(''));
  }

  async #write(path: string, key: string, body: { parent_id?: string; parts?: { text: string }[]; message?: { parts: { text: string }[] } }): Promise<Response> {
    this.keys.push(key);
    const failure = this.failures.shift();
    if (failure !== undefined && failure > 0) return Response.json({ status: failure, code: 'test', title: '', detail: 'No.' }, { status: failure });
    const answer = this.#accepted.get(key) ?? this.#accept(path, body);
    this.#accepted.set(key, answer);
    if (failure === 0) throw new TypeError('Failed to fetch');
    return Promise.resolve(Response.json(answer, { status: 202 }));
  }

  #accept(path: string, body: { parent_id?: string; parts?: { text: string }[]; message?: { parts: { text: string }[] } }): unknown {
    if (path.endsWith('/stop')) return { run: {} };
    const text = (body.parts ?? body.message?.parts)?.[0]?.text ?? '';
    const message = this.message(body.parent_id ?? null, 'user', text);
    const answer = this.message(message.id, 'assistant', '', { status: 'streaming', parts: [] });
    this.messages.push(message, answer);
    return { conversation: this.conversation, message, answer, run: this.run(answer) };
  }
}

const event = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}`;

function answerOf(server: Server, text: string, messageId: string): string[] {
  const run = { ...server.run(server.message(null, 'assistant', '')), message_id: messageId, finished_at: '2026-01-01T00:00:02.500000Z' };
  return [
    event('part.started', { message_id: messageId, part: { index: 0, type: 'text' } }),
    event('part.delta', { index: 0, text }),
    event('run.finished', { run, message_status: 'complete', error: null }),
  ];
}

let server: Server;
let thread: Thread;
const listener = { changed: vi.fn(), started: vi.fn(), writing: vi.fn(), done: vi.fn(), failed: vi.fn() } satisfies ThreadListener;

const texts = (): string[] => thread.state.value.rows.map(({ message }) => textOf(message));
const until = (check: () => boolean): Promise<void> => expect.poll(check).toBe(true);

beforeEach(() => {
  localStorage.clear();
  vi.clearAllMocks();
  server = new Server();
  vi.stubGlobal('fetch', server.fetch);
});

afterEach(() => {
  thread.dispose();
  vi.unstubAllGlobals();
});

describe('a conversation that begins', () => {
  it('shows at once what was sent, gets its address, and then the answer', async () => {
    server.events = answerOf(server, 'Hello.', 'm3');
    thread = new Thread(null, listener);
    const sending = thread.send('Hi', 'sim/one');
    expect(texts()).toEqual(['Hi']);
    await sending;
    expect(thread.id).toBe('c1');
    expect(listener.started).toHaveBeenCalledWith(server.conversation);
    await until(() => texts()[1] === 'Hello.');
    await until(() => listener.done.mock.calls.length === 1);
    expect(thread.state.value).toMatchObject({ runId: null, conversation: { title: 'First words' } });
    expect(thread.state.value.rows[1]?.seconds).toBe(2.5);
  });
});

describe('sending', () => {
  beforeEach(async () => {
    server.messages = [server.message(null, 'user', 'Q'), server.message('m1', 'assistant', 'A')];
    thread = new Thread('c1', listener);
    await until(() => texts().length === 2);
  });

  it('repeats a message whose answer was lost with the same key, and has it once', async () => {
    server.failures = [0];
    const sending = thread.send('More', 'sim/one');
    await until(() => thread.state.value.rows.at(-1)?.unsent?.state === 'waiting');
    expect(texts()).toEqual(['Q', 'A', 'More']);
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
    await sending;
    expect(new Set(server.keys).size).toBe(1);
    expect(server.keys).toHaveLength(2);
    expect(server.messages.filter(({ role }) => role === 'user')).toHaveLength(2);
    expect(texts().slice(0, 3)).toEqual(['Q', 'A', 'More']);
  });

  it('goes on with what was under way when the page was closed', async () => {
    server.failures = [0];
    void thread.send('Under way', 'sim/one');
    await until(() => thread.state.value.rows.at(-1)?.unsent?.state === 'waiting');
    thread.dispose();
    thread = new Thread('c1', listener);
    await until(() => server.keys.length === 2);
    await until(() => thread.state.value.rows.at(-1)?.unsent === undefined && texts().includes('Under way'));
    expect(new Set(server.keys).size).toBe(1);
    expect(texts().filter((text) => text === 'Under way')).toHaveLength(1);
  });

  it('keeps what the server refused, to be tried again or taken back', async () => {
    server.failures = [422];
    await thread.send('Refused', 'sim/one');
    const unsent = thread.state.value.rows.at(-1)?.unsent;
    expect(unsent).toMatchObject({ state: 'failed', text: 'Refused' });
    if (unsent !== undefined) thread.withdraw(unsent);
    expect(texts()).toEqual(['Q', 'A']);
  });

  it('begins a branch beside an edited message', async () => {
    await thread.send('Other', 'sim/one', server.messages[0]);
    expect(texts()[0]).toBe('Other');
    expect(thread.state.value.rows).toHaveLength(2);
  });
});

describe('answers', () => {
  it('are followed when the page is opened while they are written', async () => {
    const answer = server.message('m1', 'assistant', '', { status: 'streaming', run_id: 'run-x', parts: [] });
    server.messages = [{ ...server.message(null, 'user', 'Q'), id: 'm1' }, answer];
    server.events = answerOf(server, 'Written meanwhile.', answer.id);
    thread = new Thread('c1', listener);
    await until(() => texts()[1] === 'Written meanwhile.');
    expect(server.asked).toContain('GET /runs/run-x/events');
  });

  it('are put back when another one could not be asked for', async () => {
    server.messages = [server.message(null, 'user', 'Q'), server.message('m1', 'assistant', 'A')];
    thread = new Thread('c1', listener);
    await until(() => texts().length === 2);
    server.failures = [409];
    const [, answer] = server.messages;
    if (answer !== undefined) await thread.regenerate(answer, null);
    expect(texts()).toEqual(['Q', 'A']);
    expect(listener.failed).toHaveBeenCalledOnce();
  });
});

describe('a conversation that is not there', () => {
  it('says so', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ status: 404, code: 'chat.conversation_unknown' }, { status: 404 })));
    thread = new Thread('c1', listener);
    await until(() => thread.state.value.error !== null);
    expect(thread.state.value.loading).toBe('');
  });
});
