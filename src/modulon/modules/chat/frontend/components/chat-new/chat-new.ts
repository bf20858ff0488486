import { LitElement, css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { ariaKeys, define, keyLabel, t } from '@modulon/sdk';
import '@modulon/kit/icon-button';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/kbd';
import { base } from '@modulon/kit/styles';

import { newChat } from '../../actions.js';

const KEY = 'Mod+Shift+O';

/** `m-chat-new`: begins a conversation; in the folded sidebar an icon. */
export class NewChat extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--s2);
        inline-size: 100%;
        block-size: var(--ctl);
        padding-inline: var(--s3) var(--s2);
        border-radius: var(--r-md);
        font-weight: 500;
        background: var(--surface);
        box-shadow:
          inset 0 0 0 1px var(--line),
          var(--e1);
      }
      button:hover {
        background: color-mix(in oklab, var(--text) 4%, var(--surface));
      }
      svg {
        color: var(--accent);
      }
      k-kbd {
        margin-inline-start: auto;
      }
    `,
  ];

  @property({ type: Boolean }) folded = false;

  protected override render(): TemplateResult {
    if (this.folded) {
      return html`<k-icon-button icon="square-pen" label=${t('chat.new')} key-label=${keyLabel(KEY)} @click=${newChat}></k-icon-button>`;
    }
    return html`<button type="button" aria-keyshortcuts=${ariaKeys(KEY)} @click=${newChat}>
      ${icon('square-pen', 's')}${t('chat.new')}<k-kbd aria-hidden="true">${keyLabel(KEY)}</k-kbd>
    </button>`;
  }
}

define('m-chat-new', NewChat);
