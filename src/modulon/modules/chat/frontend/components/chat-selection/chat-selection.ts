import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { Watch, announce, define, t } from '@modulon/sdk';
import '@modulon/kit/icon-button';
import { base } from '@modulon/kit/styles';

import { archive, moving, remove, removeForEver, restore } from '../../actions.js';
import { selection } from '../../state/selection.js';

/** `m-chat-selection`: how many conversations are chosen, and what can be done to all of them. */
export class ChatSelection extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
        padding-block: var(--s2);
      }
      :host([hidden]) {
        display: none;
      }
      div {
        display: flex;
        align-items: center;
        gap: 1px;
        min-block-size: 2.5rem;
        padding-inline: var(--s3) var(--s1);
        border-radius: var(--r-lg);
        background: var(--raised);
        box-shadow:
          var(--e2),
          inset 0 0 0 1px var(--line);
        font-size: var(--t-sm);
        font-weight: 500;
      }
      span {
        flex: 1;
        min-inline-size: 0;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** Where what is chosen stands: deleted ones can only be restored. */
  @property() shelf = 'all';
  readonly #chosen = new Watch(this, selection.state);
  #said = 0;

  protected override willUpdate(): void {
    const n = this.#chosen.value.size;
    this.hidden = n === 0;
    if (n !== this.#said && n > 0) announce(t('chat.bulk.chosen', { n }));
    this.#said = n;
  }

  protected override render(): TemplateResult | typeof nothing {
    const ids = [...this.#chosen.value];
    if (ids.length === 0) return nothing;
    return html`<div role="toolbar" aria-label=${t('chat.bulk.label')}>
      <span>${t('chat.bulk.chosen', { n: ids.length })}</span>
      ${this.shelf === 'deleted' ? this.#deleted(ids) : this.#whole(ids)}
      ${this.#button('x', 'clear', () => { selection.clear(); })}
    </div>`;
  }

  #whole(ids: readonly string[]): TemplateResult {
    const back = this.shelf === 'archived';
    return html`${this.#button('folder-input', 'move', () => { moving.set(ids); })}
      ${this.#button(back ? 'archive-restore' : 'archive', back ? 'unarchive' : 'archive', () => archive(ids, !back))}
      ${this.#button('download', 'export', () => import('../../state/portable.js').then(({ saveAsJson }) => saveAsJson(ids)))}
      ${this.#button('trash-2', 'delete', () => remove(ids))}`;
  }

  #deleted(ids: readonly string[]): TemplateResult {
    return html`${this.#button('archive-restore', 'restore', () => restore(ids))}
      ${this.#button('trash-2', 'for_ever', () => removeForEver(ids))}`;
  }

  #button(icon: string, word: string, run: () => unknown): TemplateResult {
    return html`<k-icon-button size="sm" icon=${icon} label=${t(`chat.bulk.${word}`)} @click=${run}></k-icon-button>`;
  }
}

define('m-chat-selection', ChatSelection);
