import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

/** `<k-state tone="ok">Healthy</k-state>`: a dot and a word, never the colour alone. `off` is a ring. */
export class KState extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      font-size: var(--t-sm);
      white-space: nowrap;
      color: var(--text-2);
    }
    i {
      inline-size: 0.5rem;
      block-size: 0.5rem;
      border-radius: 50%;
      flex: none;
      background: var(--text-3);
    }
    :host([tone='ok']) i {
      background: var(--ok);
    }
    :host([tone='warn']) {
      color: var(--warn);
      font-weight: 550;
    }
    :host([tone='warn']) i {
      background: var(--warn);
    }
    :host([tone='bad']) {
      color: var(--bad);
      font-weight: 550;
    }
    :host([tone='bad']) i {
      background: var(--bad);
    }
    :host([tone='info']) {
      color: var(--info);
      font-weight: 550;
    }
    :host([tone='info']) i {
      background: var(--info);
    }
    :host([tone='off']) i {
      background: none;
      box-shadow: inset 0 0 0 1.5px var(--text-3);
    }
    @media (forced-colors: active) {
      i {
        border: 4px solid currentColor;
      }
    }
  `;

  @property({ reflect: true }) tone: 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'off' = 'plain';

  override render(): TemplateResult {
    return html`<i aria-hidden="true"></i><slot></slot>`;
  }
}
