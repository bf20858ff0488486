import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    align-items: center;
    position: relative;
    margin-block-start: var(--s2);
    border-radius: var(--r-md);
  }
  :host([over]) {
    background: var(--accent-soft);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 1.875rem;
    padding-inline: 0.625rem 2.25rem;
    border-radius: var(--r-md);
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
    text-align: start;
  }
  .head:hover {
    background: var(--hover);
    color: var(--text-2);
  }
  .head span {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  svg {
    flex: none;
  }
  k-menu {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.25rem;
    align-items: center;
    opacity: 0;
  }
  :host(:hover) k-menu,
  k-menu:focus-within,
  k-menu[open] {
    opacity: 1;
  }
  @media (hover: none) {
    k-menu {
      opacity: 1;
    }
  }
  form {
    flex: 1;
    padding-inline: 0.375rem;
  }
  input {
    inline-size: 100%;
    block-size: 1.75rem;
    padding-inline: 0.375rem;
    border: 0;
    border-radius: var(--r-sm);
    background: var(--surface);
    color: var(--text);
    box-shadow: inset 0 0 0 1px var(--line-strong);
  }
  @media (pointer: coarse) {
    .head {
      min-block-size: 2.75rem;
    }
    input {
      font-size: 1rem;
      block-size: 2.5rem;
    }
  }
`;
