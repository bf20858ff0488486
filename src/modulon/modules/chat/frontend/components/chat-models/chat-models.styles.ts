import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    min-inline-size: 0;
  }
  k-popover {
    --k-popover-max: 28.5rem;
  }
  .pick {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-inline-size: 0;
    min-block-size: 2rem;
    padding-inline: 0.625rem;
    border-radius: var(--r-full);
    font-size: var(--t-sm);
    font-weight: 500;
    color: var(--text-2);
    white-space: nowrap;
  }
  .pick:hover {
    background: var(--hover);
  }
  .pick.gone {
    color: var(--bad);
  }
  .pick span {
    overflow: hidden;
    text-overflow: ellipsis;
    max-inline-size: 14rem;
  }
  .box {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr) auto;
    inline-size: min(28.5rem, calc(100vw - 1rem));
    max-block-size: min(30rem, calc(100dvh - 6rem));
  }
  .top {
    display: grid;
    gap: var(--s2);
    padding: 0.625rem 0.625rem var(--s2);
  }
  .search {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 1.875rem;
    padding-inline: 0.625rem 0.5rem;
    border-radius: var(--r-sm);
    background: var(--surface);
    box-shadow: inset 0 0 0 1px var(--line-strong);
    color: var(--text-3);
    font-size: var(--t-sm);
  }
  .search:focus-within {
    box-shadow:
      inset 0 0 0 1px var(--accent),
      0 0 0 2px var(--accent);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 1.75rem;
    border: 0;
    padding: 0;
    outline: 0;
    background: none;
    color: var(--text);
  }
  input:focus-visible {
    outline: 0; /* the box around it shows the focus */
  }
  input::placeholder {
    color: var(--text-3);
    opacity: 1;
  }
  .needs {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    min-block-size: 1.5rem;
    padding-inline: 0.5rem;
    border-radius: var(--r-full);
    font-size: var(--t-xs);
    font-weight: 500;
    white-space: nowrap;
    color: var(--text-2);
  }
  button.chip {
    box-shadow: inset 0 0 0 1px var(--line);
  }
  button.chip:hover {
    background: var(--hover);
  }
  button.chip[aria-pressed='true'] {
    background: var(--accent-soft);
    color: var(--accent-text);
    box-shadow: inset 0 0 0 1px color-mix(in oklch, var(--accent) 45%, transparent);
  }
  .results {
    overflow: auto;
    overscroll-behavior: contain;
    padding: 0 0.375rem 0.375rem;
  }
  .group {
    display: flex;
    padding: 0.5rem 0.625rem 0.25rem;
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
  }
  .group small {
    margin-inline-start: auto;
    font: inherit;
    font-weight: 450;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    min-block-size: 2.5rem;
    padding: 0.3125rem 0.625rem;
    border-radius: var(--r-md);
    cursor: pointer;
    scroll-margin-block: 2rem;
  }
  .option.active {
    background: var(--accent-soft);
  }
  .option.active small {
    color: var(--text-2);
  }
  .check {
    display: grid;
    inline-size: 1rem;
    color: var(--accent-text);
  }
  .words {
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-inline-size: 0;
    font-weight: 500;
  }
  .name b {
    font: inherit;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name .chip {
    min-block-size: 1.25rem;
    padding-inline: 0.4375rem;
    background: var(--info-soft);
    color: var(--info);
  }
  .name .chip.here {
    background: var(--ok-soft);
    color: var(--ok);
  }
  .active .chip {
    background: var(--surface) !important;
  }
  .words small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: var(--t-xs);
    color: var(--text-3);
  }
  .number {
    font-size: var(--t-xs);
    color: var(--text-2);
    font-variant-numeric: tabular-nums;
  }
  .option[aria-disabled='true'] {
    cursor: default;
    color: var(--text-3);
  }
  .option[aria-disabled='true'] small {
    color: var(--bad);
    white-space: normal;
  }
  .none {
    padding: var(--s4) 0.625rem;
    color: var(--text-2);
    font-size: var(--t-sm);
  }
  .foot {
    display: flex;
    border-block-start: 1px solid var(--line);
    padding: var(--s2) 0.625rem;
  }
  @media (pointer: coarse) {
    .pick,
    .search,
    .option {
      min-block-size: 2.75rem;
    }
    button.chip {
      min-block-size: 2.25rem;
      padding-inline: 0.75rem;
    }
    input {
      font-size: 1rem;
    }
  }
  @media (max-width: 760px) {
    .pick span {
      max-inline-size: 8rem;
    }
  }
`;
