import { css } from 'lit';

export const styles = css`
  dialog {
    border: 0;
    padding: 0;
    color: var(--text);
    background: var(--raised);
    border-radius: var(--r-xl);
    box-shadow:
      var(--e3),
      0 0 0 1px var(--line);
    inline-size: min(41rem, calc(100vw - 1.5rem));
    max-block-size: min(33rem, calc(100dvh - 2rem));
    margin-block-start: min(6.5rem, 10dvh);
    overflow: hidden;
  }
  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    animation: appear var(--m-fast) var(--ease);
  }
  dialog::backdrop {
    background: var(--veil);
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 -0.25rem;
    }
  }
  .query {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding-inline: 1.25rem 1rem;
    border-block-end: 1px solid var(--line);
    color: var(--text-3);
  }
  .query:focus-within {
    border-block-end-color: var(--accent);
    box-shadow: inset 0 -1px 0 var(--accent);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 3.375rem;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    color: var(--text);
    font-size: var(--t-lg);
  }
  input:focus-visible {
    outline: 0; /* the line under the query shows it */
  }
  input::placeholder {
    color: var(--text-3);
    opacity: 1;
  }
  .results {
    overflow: auto;
    padding: var(--s2);
    overscroll-behavior: contain;
    scroll-padding-block: 2.25rem var(--s2);
  }
  .head {
    display: flex;
    justify-content: space-between;
    padding: 0.5rem 0.75rem 0.375rem;
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
  }
  .head span {
    font-weight: 400;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-block-size: 2.5rem;
    padding: 0.375rem 0.75rem;
    border-radius: var(--r-md);
    cursor: pointer;
  }
  .option > svg {
    color: var(--text-3);
  }
  .option .two {
    flex: 1;
    min-inline-size: 0;
  }
  .two b,
  .two small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .two b {
    font-weight: 500;
  }
  .two small {
    color: var(--text-3);
    font-size: var(--t-xs);
  }
  .note {
    color: var(--text-3);
    font-size: var(--t-xs);
    white-space: nowrap;
  }
  .option[aria-selected='true'] {
    background: var(--accent-soft);
  }
  .option[aria-selected='true'] > svg,
  .option[aria-selected='true'] .note {
    color: var(--text-2);
  }
  mark {
    background: none;
    color: var(--accent-text);
    font-weight: 650;
  }
  .none {
    padding: var(--s6) var(--s5);
    color: var(--text-2);
    text-align: center;
  }
  footer {
    display: flex;
    align-items: center;
    gap: var(--s4);
    padding: 0.625rem 1.25rem;
    border-block-start: 1px solid var(--line);
    font-size: var(--t-xs);
    color: var(--text-3);
  }
  footer span {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
  }
  footer .end {
    margin-inline-start: auto;
  }
  @media (pointer: coarse) {
    footer {
      display: none;
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
    .option[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
