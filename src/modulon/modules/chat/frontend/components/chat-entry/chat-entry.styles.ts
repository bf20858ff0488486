import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
  }
  a,
  form {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: var(--row);
    padding-inline: 0.625rem;
    border-radius: var(--r-md);
    text-decoration: none;
    color: var(--text-2);
  }
  a:hover,
  :host(:focus-within) a {
    background: var(--hover);
  }
  a[aria-current] {
    background: var(--surface);
    color: var(--text);
    font-weight: 500;
    box-shadow:
      var(--e1),
      inset 0 0 0 1px var(--line);
  }
  :host([chosen]) a {
    background: var(--accent-soft);
    color: var(--text);
  }
  .pin,
  .mark {
    display: grid;
    flex: none;
    color: var(--text-3);
  }
  .mark {
    color: var(--accent-text);
  }
  .title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .dot {
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: 0.1875rem;
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 3px var(--accent-soft);
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
  :host(:hover) :is(a, .dot),
  :host(:focus-within) a,
  :host(:has(k-menu[open])) a {
    padding-inline-end: 2.25rem;
  }
  :host(:hover) .dot {
    display: none;
  }
  @media (hover: none) {
    k-menu {
      opacity: 1;
    }
    a {
      padding-inline-end: 2.75rem;
    }
  }
  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 1.75rem;
    margin-inline: -0.375rem;
    padding-inline: 0.375rem;
    border: 0;
    border-radius: var(--r-sm);
    background: var(--surface);
    color: var(--text);
    box-shadow: inset 0 0 0 1px var(--line-strong);
  }
  @media (pointer: coarse) {
    input {
      font-size: 1rem;
      block-size: 2.5rem;
    }
  }
`;
