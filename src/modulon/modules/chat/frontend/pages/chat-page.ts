import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';

import { ApiError, Watch, addCommands, define, navigate, route, setPageTitle, t, toast } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/empty-state';
import { icon } from '@modulon/kit/icon';
import type { CopyRequest } from '@modulon/kit/markdown';
import type { FollowChange } from '@modulon/kit/message-list';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';

import { copy, newChat, remove } from '../actions.js';
import type { Message, Outgoing } from '../api.js';
import type { Act } from '../components/acts.js';
import '../components/chat-composer/chat-composer.js';
import type { ChatComposer } from '../components/chat-composer/chat-composer.js';
import '../components/chat-header/chat-header.js';
import type { ChatHeader } from '../components/chat-header/chat-header.js';
import type { ChatThread } from '../components/chat-thread/chat-thread.js';
import '../components/chat-welcome/chat-welcome.js';
import { conversationPath, messageOf } from '../paths.js';
import { textOf } from '../state/content.js';
import { loadModels } from '../state/models.js';
import type { Thread, ThreadState } from '../state/thread.js';
import { startLive } from '../state/live.js';
import { threadOf } from '../state/threads.js';
import { pageCommands, type ChatPageActions } from './commands.js';
import { KeyboardInset } from './keyboard.js';
import { styles } from './chat-page.styles.js';

/** Loads what shows messages; until it is there the page shows that it loads. */
const loadThread = (): Promise<unknown> => import('../components/chat-thread/chat-thread.js');

/** `m-chat-page`: a conversation (`/c/:id`), or the beginning of one (`/`). */
export class ChatPage extends LitElement implements ChatPageActions {
  static override styles = [base, styles];

  @property({ attribute: false }) params: Record<string, string> = {};
  @state() private thread!: ThreadState;
  @state() private threadLoaded = customElements.get('m-chat-thread') !== undefined;
  /** Why what shows messages could not be loaded. */
  @state() private scriptError: unknown = null;
  @state() private follow: FollowChange = { following: true, away: false, unseen: 0 };
  @query('m-chat-thread') private readonly list!: ChatThread | null;
  @query('m-chat-composer') private readonly composer!: ChatComposer | null;
  @query('m-chat-header') private readonly header!: ChatHeader;

  /** The message an address pointed to, which is marked. */
  @state() private found = '';

  readonly #route = new Watch(this, route);
  #thread: Thread | undefined;
  #unwatch: (() => void) | undefined;
  #uncommand: (() => void) | undefined;
  #title = '';

  constructor() {
    super();
    new KeyboardInset(this);
    this.addEventListener('m-act', (event) => { this.#act((event as CustomEvent<Act>).detail); });
    this.addEventListener('k-copy', (event) => void copy((event as CustomEvent<CopyRequest>).detail.text));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#uncommand = addCommands(pageCommands(this));
    void loadModels();
    startLive();
    if (this.#thread !== undefined) this.#watch(this.#thread);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#uncommand?.();
    this.#unwatch?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('params')) this.#show(this.params['id'] ?? null);
    if (!this.#fresh && !this.threadLoaded && this.scriptError === null) void this.#loadThread();
    this.toggleAttribute('fresh', this.#fresh);
  }

  protected override updated(changed: PropertyValues): void {
    const wanted = messageOf(this.#route.value.hash);
    if (wanted !== null && this.threadLoaded && this.list !== null && this.thread.rows.length > 0) void this.#reach(wanted);
    if (changed.has('params') && matchMedia('(pointer: fine)').matches) this.composer?.focus();
    const title = this.thread.conversation?.title ?? '';
    // the shell has named the page by its route; the conversation's own name is better
    if (title !== '' && (title !== this.#title || changed.has('params'))) setPageTitle(title);
    this.#title = title;
  }

  protected override render(): TemplateResult {
    return html`<m-chat-header .conversation=${this.thread.conversation}></m-chat-header>
      ${this.#middle()}
      ${this.#missing ? nothing : this.#dock()}`;
  }

  #dock(): TemplateResult {
    const { stopping, connection } = this.thread;
    return html`<div class="dock">
        ${this.#latest()}
        <m-chat-composer
          .conversationId=${this.#thread?.id ?? null}
          .model=${this.#model}
          ?loading=${this.#unknown}
          ?writing=${this.writing()}
          ?stopping=${stopping}
          ?reconnecting=${connection === 'waiting'}
          @m-send=${this.#send}
          @m-stop=${this.stop}
          @input=${this.#prepare}
        ></m-chat-composer>
      </div>`;
  }

  #middle(): TemplateResult {
    const { loading, rows } = this.thread;
    const error = this.thread.error ?? this.scriptError;
    if (error !== null) return this.#failed();
    if (loading === 'first' && rows.length === 0) return this.#skeleton();
    // one template for both, so that the messages made ready in a fresh chat are those that are shown
    return html`${this.#fresh ? html`<m-chat-welcome></m-chat-welcome>` : nothing}
    ${this.threadLoaded ? this.#messages() : this.#fresh ? nothing : this.#skeleton()}`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="middle"><k-skeleton lines="5"></k-skeleton></div>`;
  }

  /** In a fresh chat it is made ready, unseen, while the first message is being written. */
  #messages(): TemplateResult {
    const { rows, loading } = this.thread;
    return html`${keyed(
      this.#thread,
      html`<m-chat-thread
        ?hidden=${this.#fresh}
        .rows=${rows}
        .found=${this.found}
        ?locked=${this.writing()}
        .loadingOlder=${loading === 'older'}
        @m-follow=${this.#followed}
        @m-older=${this.#reachedStart}
      ></m-chat-thread>`,
    )}`;
  }

  #failed(): TemplateResult {
    const missing = this.#missing;
    const [sign, key] = missing ? ['compass', 'missing'] : ['unplug', 'failed'];
    return html`<div class="middle">
      <k-empty-state icon=${sign} heading=${t(`chat.thread.${key}`)} text=${t(`chat.thread.${key}_text`)}>
        ${missing
          ? html`<k-button variant="line" icon="square-pen" @click=${newChat}>${t('chat.new')}</k-button>`
          : html`<k-button variant="line" icon="refresh-cw" @click=${this.#retry}>${t('chat.thread.retry')}</k-button>`}
      </k-empty-state>
    </div>`;
  }

  #latest(): TemplateResult | typeof nothing {
    if (!this.follow.away || this.#fresh) return nothing;
    const { unseen } = this.follow;
    const label = unseen > 0 ? t('chat.thread.latest_count', { n: unseen }) : t('chat.thread.latest');
    return html`<button type="button" class="latest" @click=${() => this.list?.scrollToEnd()}>${icon('arrow-down', 'xs')}${label}</button>`;
  }

  async #loadThread(): Promise<void> {
    try {
      await loadThread();
      this.threadLoaded = true;
    } catch (error) {
      this.scriptError = error;
    }
  }

  readonly #prepare = (): void => {
    if (!this.threadLoaded) void this.#loadThread();
  };

  readonly #retry = (): void => {
    this.scriptError = null;
    void this.#thread?.load();
  };

  get #chosenModel(): string | null {
    const id = this.composer?.modelId ?? '';
    return id === '' ? null : id;
  }

  /** There is no such conversation, or none of this person's. */
  get #missing(): boolean {
    const { error } = this.thread;
    return error instanceof ApiError && error.status === 404;
  }

  /** A conversation of which nothing has arrived: still loading, or it could not be loaded. */
  get #unknown(): boolean {
    return this.#thread?.id !== null && (this.thread.conversation === null || this.thread.loading === 'first');
  }

  /** Nothing has been said yet. */
  get #fresh(): boolean {
    return this.#thread?.id === null && this.thread.rows.length === 0;
  }

  get #model(): string {
    const answered = this.#lastAnswer?.model ?? '';
    return answered === '' ? (this.thread.conversation?.model ?? '') : answered;
  }

  #show(id: string | null): void {
    if (this.#thread !== undefined && this.#thread.id === id && id !== null) return;
    this.#unwatch?.();
    this.#thread = threadOf(id);
    this.follow = { following: true, away: false, unseen: 0 };
    this.found = '';
    this.#watch(this.#thread);
  }

  /** Shows the message an address points to. The address loses it, so that going back does not come here again. */
  async #reach(messageId: string): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined || thread.id === null || this.#route.value.path !== conversationPath(thread.id)) return;
    navigate(conversationPath(thread.id), { replace: true });
    const row = await thread.reach(messageId);
    if (row === null) toast(t('chat.search.gone'));
    else if (thread === this.#thread) {
      this.found = messageId;
      await this.updateComplete;
      await this.list?.show(row);
    }
  }

  #watch(thread: Thread): void {
    this.thread = thread.state.value;
    this.#unwatch = thread.state.subscribe((state) => { this.thread = state; });
  }

  // What the commands and the buttons ask for.

  writing(): boolean {
    return this.thread.runId !== null || this.#last?.status === 'streaming';
  }

  hasAnswer(): boolean {
    return this.#lastAnswer !== undefined;
  }

  hasConversation(): boolean {
    return this.thread.conversation !== null;
  }

  readonly stop = (): void => {
    void this.#thread?.stop();
  };

  regenerate(): void {
    const answer = this.#lastAnswer;
    if (answer !== undefined) void this.#thread?.regenerate(answer, this.#chosenModel);
  }

  copyLast(): void {
    const answer = this.#lastAnswer;
    if (answer !== undefined) void copy(textOf(answer));
  }

  rename(): void {
    this.header.rename();
  }

  deleteConversation(): void {
    const { conversation } = this.thread;
    if (conversation !== null) void remove([conversation.id]);
  }

  chooseModel(): void {
    this.composer?.chooseModel();
  }

  moveBy(step: -1 | 1): void {
    this.list?.focusRow(step);
  }

  get #last(): Message | undefined {
    return this.thread.rows.at(-1)?.message;
  }

  get #lastAnswer(): Message | undefined {
    return this.thread.rows.findLast(({ message }) => message.role === 'assistant')?.message;
  }

  readonly #send = (event: CustomEvent<Outgoing>): void => {
    const { text, model } = event.detail;
    void this.#thread?.send(text, model);
    this.list?.scrollToEnd();
  };

  #act(detail: Act): void {
    const thread = this.#thread;
    if (thread === undefined) return;
    switch (detail.act) {
      case 'copy':
        void copy(textOf(detail.message));
        break;
      case 'regenerate':
        void thread.regenerate(detail.message, this.#chosenModel);
        break;
      case 'continue':
        void thread.continue(detail.message);
        break;
      case 'edit':
        void thread.send(detail.text, this.#chosenModel ?? detail.message.model, detail.message);
        break;
      case 'choose':
        void thread.choose(detail.messageId);
        break;
      case 'send-again':
        void thread.sendAgain(detail.unsent);
        break;
      case 'withdraw':
        thread.withdraw(detail.unsent);
        this.composer?.restore(detail.unsent.text);
        break;
    }
  }

  readonly #followed = (event: CustomEvent<FollowChange>): void => {
    this.follow = event.detail;
  };

  readonly #reachedStart = (): void => {
    void this.#thread?.loadOlder();
  };
}

define('m-chat-page', ChatPage);
