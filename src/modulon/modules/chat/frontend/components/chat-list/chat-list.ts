import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { Watch, define, locale, route, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';

import type { Conversation, Folder } from '../../api.js';
import { LIBRARY, conversationPath } from '../../paths.js';
import { conversations, isLoose } from '../../state/conversations.js';
import { folders, openFolders, readOpenFolders } from '../../state/folders.js';
import { groupByDay } from '../../state/groups.js';
import { startLive } from '../../state/live.js';
import { selection } from '../../state/selection.js';
import '../chat-entry/chat-entry.js';
import '../chat-folder/chat-folder.js';
import '../chat-move/chat-move.js';
import '../chat-selection/chat-selection.js';
import { Choosing } from './choosing.js';
import { styles } from './chat-list.styles.js';

function groupTitle(id: string): string {
  const [year, month] = id.split('-').map(Number);
  if (year === undefined || month === undefined) return t(`chat.list.${id}`);
  const date = new Date(year, month - 1);
  const sameYear = year === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale(), { month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(date);
}

/** `m-chat-list`: the conversations in the sidebar: pinned, in folders, then by day, loading more as one scrolls. */
export class ChatList extends LitElement {
  static override styles = [base, styles];

  readonly #list = new Watch(this, conversations.state);
  readonly #folders = new Watch(this, folders);
  readonly #open = new Watch(this, openFolders);
  readonly #chosen = new Watch(this, selection.state);
  readonly #route = new Watch(this, route);
  readonly #nearEnd = new IntersectionObserver(
    (entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) void conversations.loadMore(); },
    { rootMargin: '400px' },
  );

  constructor() {
    super();
    new Choosing(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'navigation');
    this.ariaLabel = t('chat.list.label');
    readOpenFolders();
    startLive();
    void conversations.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#nearEnd.disconnect();
  }

  protected override render(): TemplateResult {
    const { loaded, error } = this.#list.value;
    if (error !== null && !loaded) return this.#failed();
    if (!loaded) return html`<k-skeleton lines="5"></k-skeleton>`;
    return html`${this.#sections()}
      ${this.#route.value.path === LIBRARY ? nothing : html`<m-chat-selection></m-chat-selection>`}
      ${this.#route.value.path === LIBRARY ? nothing : html`<m-chat-move></m-chat-move>`}`;
  }

  #sections(): TemplateResult {
    const { items } = this.#list.value;
    const known = new Set(this.#folders.value.map(({ id }) => id));
    // a folder that was deleted elsewhere a moment ago hides nothing
    const loose = items.filter((one) => isLoose(one) || (!one.pinned && !known.has(one.folder_id ?? '')));
    const pinned = items.filter((one) => one.pinned);
    if (items.length === 0 && known.size === 0) return html`<p>${t('chat.list.empty')}</p>`;
    return html`${pinned.length > 0 ? this.#group('pinned', t('chat.list.pinned'), pinned) : nothing}
      ${repeat(this.#folders.value, ({ id }) => id, (folder) => this.#folder(folder, items))}
      ${repeat(groupByDay(loose), ({ id }) => id, (group) => this.#group(group.id, groupTitle(group.id), group.items))}
      <div class="end"></div>`;
  }

  protected override updated(): void {
    // observed anew each time: if the end is still in view after a page has come, the next one is asked for
    this.#nearEnd.disconnect();
    const end = this.renderRoot.querySelector('.end');
    if (end !== null && this.#list.value.next !== null) this.#nearEnd.observe(end);
  }

  #group(id: string, title: string, items: readonly Conversation[]): TemplateResult {
    return html`<h2 id="group-${id}">${title}</h2>
      <ul aria-labelledby="group-${id}">${this.#entries(items)}</ul>`;
  }

  #folder(folder: Folder, items: readonly Conversation[]): TemplateResult {
    const open = this.#open.value.has(folder.id);
    const inside = items.filter((one) => !one.pinned && one.folder_id === folder.id);
    const empty = html`<p class="none">${t('chat.folder.empty')}</p>`;
    return html`<m-chat-folder .folder=${folder} ?open=${open}></m-chat-folder>
      ${open ? (inside.length === 0 ? empty : html`<ul aria-label=${folder.name}>${this.#entries(inside)}</ul>`) : nothing}`;
  }

  #entries(items: readonly Conversation[]): unknown {
    const { path } = this.#route.value;
    return repeat(items, (one) => one.id, (one) => html`<li>
      <m-chat-entry
        .conversation=${one}
        ?current=${path === conversationPath(one.id)}
        ?chosen=${this.#chosen.value.has(one.id)}
      ></m-chat-entry>
    </li>`);
  }

  #failed(): TemplateResult {
    return html`<p role="alert">${t('chat.list.failed')}</p>
      <k-button size="sm" variant="line" icon="refresh-cw" @click=${() => conversations.refresh()}>${t('chat.list.retry')}</k-button>`;
  }
}

define('m-chat-list', ChatList);
