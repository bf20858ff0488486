/**
 * One conversation as it is shown: loads its branch, sends, follows the run that writes, and lets branches be chosen.
 * Every change is a new `ThreadState`; elements watch it.
 */
import { ApiError, Store, online, randomId, type Page, type StreamState } from '@modulon/sdk';

import * as server from '../api.js';
import type { Answer, Conversation, Message, Run } from '../api.js';
import { Follower } from './follower.js';
import { mergeRows, replaceMessage, rowsBefore, unsentRow, type Row, type Unsent } from './rows.js';
import { forgetUnsent, keepUnsent, readUnsent } from './unsent.js';

export interface ThreadState {
  conversation: Conversation | null;
  rows: readonly Row[];
  /** Cursor of older messages, null if all are here. */
  older: string | null;
  loading: '' | 'first' | 'older';
  /** Why the conversation could not be loaded. */
  error: unknown;
  /** The run that writes now. */
  runId: string | null;
  stopping: boolean;
  connection: StreamState | null;
}

export interface ThreadListener {
  /** A conversation began, or something in its entry of the list changed. */
  changed(conversation: Conversation): void;
  started(conversation: Conversation): void;
  writing(): void;
  done(message: Message): void;
  failed(error: unknown): void;
}

const EMPTY: ThreadState = {
  conversation: null,
  rows: [],
  older: null,
  loading: '',
  error: null,
  runId: null,
  stopping: false,
  connection: null,
};
/** Between attempts to send while the browser believes that there is a network. */
const RETRY_MS = 2000;

export class Thread {
  readonly state: Store<ThreadState>;
  #id: string | null;
  #follower: Follower | null = null;
  readonly #control = new AbortController();

  /** @param id null for a conversation that begins with its first message */
  constructor(
    id: string | null,
    readonly listener: ThreadListener,
  ) {
    this.#id = id;
    this.state = new Store<ThreadState>({ ...EMPTY, loading: id === null ? '' : 'first' });
    const unsent = readUnsent(id);
    if (id !== null) void this.load().then(() => { this.#resume(unsent); });
    else this.#resume(unsent);
  }

  get id(): string | null {
    return this.#id;
  }

  get last(): Message | undefined {
    return this.state.value.rows.at(-1)?.message;
  }

  dispose(): void {
    this.#follower?.stop();
    this.#control.abort();
  }

  /** Loads the end of the active branch, and follows the run that writes there. */
  async load(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    const { signal } = this.#control;
    try {
      const [conversation, page] = await Promise.all([server.getConversation(id, signal), server.listMessages(id, null, signal)]);
      this.#set({ conversation });
      this.#take(page);
    } catch (error) {
      if (!signal.aborted) this.#set({ loading: '', error: this.#keepsShowing(error) ? null : error });
    }
  }

  /** What is shown already stays, unless it is gone. */
  #keepsShowing(error: unknown): boolean {
    const gone = error instanceof ApiError && error.status === 404;
    return !gone && this.state.value.rows.length > 0;
  }

  async loadOlder(): Promise<void> {
    const { older, loading } = this.state.value;
    if (this.#id === null || older === null || loading !== '') return;
    this.#set({ loading: 'older' });
    try {
      const page = await server.listMessages(this.#id, older, this.#control.signal);
      const before = page.items.map((message): Row => ({ message }));
      this.#set({ rows: [...before, ...this.state.value.rows], older: page.next, loading: '' });
    } catch (error) {
      this.#set({ loading: '' });
      this.#fail(error);
    }
  }

  /** Loads what is needed to show a message, on another branch if it is there; its row, or null if it is gone. */
  async reach(messageId: string): Promise<Row | null> {
    if (this.#id === null) return null;
    try {
      const conversation = await server.changeConversation(this.#id, { active_message_id: messageId });
      if (this.#row(messageId) === null) {
        this.#set({ conversation });
        this.#take(await server.listMessages(this.#id, null, this.#control.signal, server.MOST));
      }
      while (this.#row(messageId) === null && this.state.value.older !== null) await this.#loadBefore(server.MOST);
      return this.#row(messageId);
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  #row(messageId: string): Row | null {
    return this.state.value.rows.find(({ message }) => message.id === messageId) ?? null;
  }

  async #loadBefore(limit: number): Promise<void> {
    const { older } = this.state.value;
    if (this.#id === null || older === null) return;
    const page = await server.listMessages(this.#id, older, this.#control.signal, limit);
    const before = page.items.map((message): Row => ({ message }));
    this.#set({ rows: [...before, ...this.state.value.rows], older: page.next });
  }

  /** Sends a message under the last one, or as a branch beside another message. */
  async send(text: string, model: string, beside?: Message): Promise<void> {
    const parentId = beside === undefined ? (this.last?.id ?? null) : beside.parent_id;
    await this.#deliver({ key: randomId(), parentId, text, model, state: 'sending' });
  }

  /** Tries again to send what was refused. */
  async sendAgain(unsent: Unsent): Promise<void> {
    await this.#deliver({ ...unsent, state: 'sending' });
  }

  /** Takes back what could not be sent. */
  withdraw(unsent: Unsent): void {
    forgetUnsent(this.#id);
    this.#set({ rows: this.state.value.rows.filter((row) => row.unsent?.key !== unsent.key) });
  }

  async regenerate(message: Message, model: string | null): Promise<void> {
    await this.#answer(message, () => server.regenerate(message.id, model, randomId()), []);
  }

  async continue(message: Message): Promise<void> {
    const { run_id: runId } = message;
    if (runId !== null) await this.#answer(message, () => server.continueRun(runId, randomId()), message.parts);
  }

  async stop(): Promise<void> {
    const { runId } = this.state.value;
    if (runId === null) return;
    this.#set({ stopping: true });
    try {
      await server.stopRun(runId);
    } catch (error) {
      this.#set({ stopping: false });
      this.#fail(error);
    }
  }

  /** Shows the branch that goes through this message. */
  async choose(messageId: string): Promise<void> {
    if (this.#id === null) return;
    try {
      const conversation = await server.changeConversation(this.#id, { active_message_id: messageId });
      this.#set({ conversation });
      this.#take(await server.listMessages(this.#id, null, this.#control.signal));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What is known better of the conversation itself, for example a new title. */
  take(conversation: Conversation): void {
    this.#set({ conversation });
  }

  #take(page: Page<Message>): void {
    const { rows, older } = this.state.value;
    const following = this.#follower === null ? null : (this.last?.id ?? null);
    const known = rows.filter(({ unsent }) => unsent === undefined);
    const merged = mergeRows(known, page.items, following);
    const unsent = rows.filter((row) => row.unsent?.parentId === (merged.at(-1)?.message.id ?? null));
    const kept = merged.length > page.items.length;
    this.#set({ rows: [...merged, ...unsent], older: kept ? older : page.next, loading: '', error: null });
    const { last } = this;
    if (last?.status === 'streaming' && last.run_id !== null) this.#follow(last.run_id, last);
  }

  /** What was under way when the page was closed is sent again; the server takes it once. */
  #resume(unsent: Unsent | null): void {
    if (unsent !== null && this.state.value.error === null) void this.#deliver(unsent);
  }

  async #deliver(unsent: Unsent): Promise<void> {
    keepUnsent(this.#id, unsent);
    const before = rowsBefore(this.state.value.rows, unsent.parentId);
    this.#showUnsent(before, unsent);
    while (!this.#control.signal.aborted) {
      try {
        await this.#post(unsent, before);
        return;
      } catch (error) {
        const away = error instanceof ApiError && error.offline;
        this.#showUnsent(before, away ? { ...unsent, state: 'waiting' } : { ...unsent, state: 'failed', error });
        if (!away) return;
        await this.#untilOnline();
      }
    }
  }

  #showUnsent(before: readonly Row[], unsent: Unsent): void {
    this.#set({ rows: [...before, unsentRow(unsent, this.#id ?? '')] });
  }

  async #post(unsent: Unsent, before: readonly Row[]): Promise<void> {
    if (this.#id !== null) {
      const sent = await server.sendMessage(this.#id, unsent.parentId, unsent, unsent.key);
      forgetUnsent(this.#id);
      this.#accept(before, sent);
      return;
    }
    const started = await server.startConversation(unsent, unsent.key);
    forgetUnsent(null);
    this.#id = started.conversation.id;
    this.#set({ conversation: started.conversation });
    this.listener.started(started.conversation);
    this.#accept(before, started);
  }

  #accept(before: readonly Row[], { message, answer, run }: server.Sent): void {
    this.#set({ rows: [...before, { message }, { message: answer }] });
    this.#begin(answer, run);
  }

  /** Has an answer written in the place of `message`, which shows at once that something is coming. */
  async #answer(message: Message, ask: () => Promise<Answer>, parts: Message['parts']): Promise<void> {
    const { rows } = this.state.value;
    const before = rowsBefore(rows, message.parent_id);
    this.#set({ rows: [...before, { message: { ...message, parts: [...parts], status: 'streaming', usage: null } }] });
    try {
      const { answer, run } = await ask();
      this.#set({ rows: [...before, { message: answer }] });
      this.#begin(answer, run);
    } catch (error) {
      this.#set({ rows });
      this.#fail(error);
    }
  }

  #begin(answer: Message, run: Run): void {
    const { conversation } = this.state.value;
    if (conversation !== null) this.#setConversation({ ...conversation, active_run_id: run.id, updated_at: run.created_at });
    this.#follow(run.id, answer);
    this.listener.writing();
  }

  #follow(runId: string, message: Message): void {
    if (this.#follower?.runId === runId) return;
    this.#follower?.stop();
    this.#set({ runId, stopping: false, connection: null });
    this.#follower = new Follower(runId, message, {
      message: (grown) => { this.#set({ rows: replaceMessage(this.state.value.rows, grown) }); },
      finished: (run) => { this.#finish(run); },
      connection: (connection) => { this.#set({ connection }); },
      lost: () => { this.#lose(); },
    });
  }

  #finish(run: Run): void {
    const seconds = run.finished_at === null ? undefined : (Date.parse(run.finished_at) - Date.parse(run.created_at)) / 1000;
    const rows = this.state.value.rows.map((row) =>
      row.message.id === run.message_id && seconds !== undefined ? { ...row, seconds } : row,
    );
    this.#endFollowing();
    this.#set({ rows });
    const message = rows.find((row) => row.message.id === run.message_id)?.message;
    if (message !== undefined) this.listener.done(message);
    if (run.parent_run_id !== null) void this.#addUp(run.message_id);
    void this.#refreshConversation();
  }

  /** An answer that went on took what all its runs did; a run tells its own share only. */
  async #addUp(messageId: string): Promise<void> {
    const whole = await server.getMessage(messageId).catch(() => null);
    const shown = this.state.value.rows.find((row) => row.message.id === messageId)?.message;
    if (whole === null || shown === undefined || this.#control.signal.aborted) return;
    this.#set({ rows: replaceMessage(this.state.value.rows, { ...shown, usage: whole.usage }) });
  }

  /** The stream is gone, for example because the server forgot a run that ended long ago: what it kept is shown. */
  #lose(): void {
    this.#endFollowing();
    const { last } = this;
    if (last?.status === 'streaming') this.#set({ rows: replaceMessage(this.state.value.rows, { ...last, status: 'interrupted' }) });
  }

  #endFollowing(): void {
    this.#follower = null;
    this.#set({ runId: null, stopping: false, connection: null });
  }

  /** The server may have given it a title meanwhile. */
  async #refreshConversation(): Promise<void> {
    if (this.#id === null) return;
    const { signal } = this.#control;
    const conversation = await server.getConversation(this.#id, signal).catch(() => null);
    if (conversation !== null && !signal.aborted) this.#setConversation(conversation);
  }

  #untilOnline(): Promise<void> {
    return new Promise((resolve) => {
      const stop = online.subscribe((is) => { if (is) done(); });
      const timer = setTimeout(() => { if (online.value) done(); }, RETRY_MS);
      const done = (): void => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      this.#control.signal.addEventListener('abort', done);
    });
  }

  #setConversation(conversation: Conversation): void {
    this.#set({ conversation });
    this.listener.changed(conversation);
  }

  #set(change: Partial<ThreadState>): void {
    this.state.set({ ...this.state.value, ...change });
  }

  #fail(error: unknown): void {
    if (!this.#control.signal.aborted) this.listener.failed(error);
  }
}
