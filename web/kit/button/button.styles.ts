import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    vertical-align: middle;
    max-inline-size: 100%;
  }
  :host([wide]) {
    display: flex;
  }
  .btn {
    flex: 1;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--s2);
    min-inline-size: 0;
    block-size: var(--ctl);
    padding-inline: var(--s3);
    border-radius: var(--r-md);
    font-weight: 500;
    white-space: nowrap;
    text-decoration: none;
    color: inherit;
    -webkit-tap-highlight-color: transparent;
    transition: background var(--m-fast) var(--ease);
  }
  .btn:hover {
    background: var(--hover);
  }
  .btn:active {
    background: var(--active);
  }
  .line {
    background: var(--surface);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .line:hover {
    background: color-mix(in oklab, var(--text) 5%, var(--surface));
  }
  .quiet {
    color: var(--text-2);
  }
  .link {
    color: var(--accent-text);
  }
  .primary {
    background: var(--accent);
    color: var(--on-accent);
  }
  .primary:hover,
  .primary:active {
    background: var(--accent-hi);
  }
  .danger {
    background: var(--bad);
    color: var(--on-bad);
  }
  .danger:hover,
  .danger:active {
    background: color-mix(in oklab, var(--bad) 88%, var(--text));
  }
  .sm {
    block-size: var(--ctl-sm);
    padding-inline: 0.625rem;
    font-size: var(--t-sm);
    border-radius: var(--r-sm);
    gap: 0.375rem;
  }
  .lg {
    block-size: var(--ctl-lg);
    padding-inline: var(--s4);
  }
  :host([pressed]) .btn {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .btn[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  .btn[aria-disabled='true'][aria-busy='true'] {
    opacity: 0.8;
  }
  slot {
    display: inline-block;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  slot[name] {
    display: contents;
  }
  .turn {
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .turn {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .btn {
      border: 1px solid ButtonBorder;
    }
    .primary {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .btn[aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
    }
  }
`;
