import { LitElement, css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { Watch, addSearchSource, define, locale, route, t } from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/skeleton';
import { base } from '@modulon/kit/styles';

import { conversationPath } from '../../paths.js';
import { conversations } from '../../state/conversations.js';
import { groupByDay, type Group } from '../../state/groups.js';
import { startLive } from '../../state/live.js';
import { searchConversations } from '../../state/search.js';
import '../chat-entry/chat-entry.js';

function groupTitle(id: string): string {
  const [year, month] = id.split('-').map(Number);
  if (year === undefined || month === undefined) return t(`chat.list.${id}`);
  const date = new Date(year, month - 1);
  const sameYear = year === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale(), { month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(date);
}

/** `m-chat-list`: the conversations in the sidebar, by day, loading more as one scrolls. */
export class ChatList extends LitElement {
  static override styles = [
    base,
    css`
      h2 {
        font-size: var(--t-xs);
        font-weight: 550;
        color: var(--text-3);
        padding: var(--s3) 0.625rem 0.375rem;
      }
      ul {
        list-style: none;
        padding: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1px;
      }
      p {
        padding: var(--s3) 0.625rem;
        color: var(--text-3);
        font-size: var(--t-sm);
        line-height: 1.5;
      }
      k-skeleton {
        padding: var(--s5) 0.625rem;
      }
      .end {
        block-size: 1px;
      }
    `,
  ];

  readonly #list = new Watch(this, conversations.state);
  readonly #route = new Watch(this, route);
  #stop: (() => void) | undefined;
  readonly #nearEnd = new IntersectionObserver(
    (entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) void conversations.loadMore(); },
    { rootMargin: '400px' },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'navigation');
    this.ariaLabel = t('chat.list.label');
    this.#stop = addSearchSource({ id: 'chat', group: t('chat.search.group'), search: searchConversations });
    startLive();
    void conversations.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#nearEnd.disconnect();
  }

  protected override render(): TemplateResult {
    const { items, loaded, error } = this.#list.value;
    if (error !== null && !loaded) return this.#failed();
    if (!loaded) return html`<k-skeleton lines="5"></k-skeleton>`;
    if (items.length === 0) return html`<p>${t('chat.list.empty')}</p>`;
    return html`${repeat(groupByDay(items), ({ id }) => id, (group) => this.#group(group))}
      <div class="end"></div>`;
  }

  protected override updated(): void {
    // observed anew each time: if the end is still in view after a page has come, the next one is asked for
    this.#nearEnd.disconnect();
    const end = this.renderRoot.querySelector('.end');
    if (end !== null && this.#list.value.next !== null) this.#nearEnd.observe(end);
  }

  #group({ id, items }: Group): TemplateResult {
    const { path } = this.#route.value;
    return html`<h2 id="group-${id}">${groupTitle(id)}</h2>
      <ul aria-labelledby="group-${id}">
        ${repeat(items, (one) => one.id, (one) => html`<li>
          <m-chat-entry .conversation=${one} ?current=${path === conversationPath(one.id)}></m-chat-entry>
        </li>`)}
      </ul>`;
  }

  #failed(): TemplateResult {
    return html`<p role="alert">${t('chat.list.failed')}</p>
      <k-button size="sm" variant="line" icon="refresh-cw" @click=${() => conversations.refresh()}>${t('chat.list.retry')}</k-button>`;
  }
}

define('m-chat-list', ChatList);
