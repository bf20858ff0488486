import { define, t } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

export interface Step {
  id: string;
  title: string;
  about: string;
}

/** Where in the set-up one is: a list, or on narrow screens a line. */
export class AccountsSetupSteps extends LitElement {
  static override styles = [
    base,
    css`
      ol {
        list-style: none;
        margin: 0 -0.75rem;
        padding: 0;
        display: grid;
        gap: 2px;
      }
      li {
        display: flex;
        gap: 0.875rem;
        align-items: center;
        padding: 0.625rem 0.75rem;
        border-radius: var(--r-md);
        color: var(--text-2);
      }
      .number {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border-radius: 50%;
        font-size: var(--t-sm);
        font-weight: 600;
        box-shadow: inset 0 0 0 1.5px var(--line-strong);
      }
      b {
        display: block;
        font-weight: 550;
      }
      small {
        color: var(--text-3);
        font-size: var(--t-xs);
      }
      li[aria-current] {
        background: var(--surface);
        color: var(--text);
        box-shadow:
          var(--e1),
          inset 0 0 0 1px var(--line);
      }
      li[aria-current] .number {
        background: var(--accent);
        color: var(--on-accent);
        box-shadow: none;
      }
      .done .number {
        background: var(--accent-soft);
        color: var(--accent-text);
        box-shadow: none;
      }
      .line {
        display: none;
        align-items: center;
        gap: 0.625rem;
        font-size: var(--t-sm);
        color: var(--text-2);
      }
      .dots {
        display: flex;
        gap: 4px;
      }
      i {
        inline-size: 1.25rem;
        block-size: 4px;
        border-radius: 4px;
        background: var(--line-strong);
      }
      i.on {
        background: var(--accent);
      }
      @media (max-width: 60rem) {
        ol {
          display: none;
        }
        .line {
          display: flex;
        }
      }
    `,
  ];

  @property({ attribute: false }) steps: readonly Step[] = [];
  @property({ type: Number }) current = 0;

  override render(): TemplateResult {
    return html`<ol aria-label=${t('accounts.setup.steps')}>
        ${this.steps.map((step, index) => this.#step(step, index))}
      </ol>
      <div class="line">
        <span>${t('accounts.setup.step_of', { step: this.current + 1, total: this.steps.length })}</span>
        <span class="dots" aria-hidden="true">${this.steps.map((_, index) => html`<i class=${index <= this.current ? 'on' : ''}></i>`)}</span>
      </div>`;
  }

  #step(step: Step, index: number): TemplateResult {
    const done = index < this.current;
    return html`<li class=${done ? 'done' : ''} aria-current=${index === this.current ? 'step' : nothing}>
      <span class="number">${done ? icon('check', 'xs') : index + 1}</span>
      <span><b>${step.title}</b><small>${step.about}</small></span>
    </li>`;
  }
}

define('m-accounts-setup-steps', AccountsSetupSteps);
