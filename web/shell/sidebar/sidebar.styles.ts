import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--sunken);
    border-inline-end: 1px solid var(--line);
  }
  :host(:focus-visible) {
    outline-offset: -2px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--s2);
    padding: var(--s3) var(--s3) var(--s2);
    min-block-size: 3.25rem;
  }
  .head .who {
    flex: 1;
    display: flex;
    min-inline-size: 0;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    block-size: 2.25rem;
    padding-inline: 0.375rem;
    font-weight: 600;
    letter-spacing: -0.006em;
    text-decoration: none;
    color: inherit;
  }
  .actions {
    display: grid;
    gap: var(--s2);
    padding: 0 var(--s3) var(--s2);
  }
  nav {
    padding: 0 var(--s3);
    display: grid;
    gap: 1px;
  }
  .nav {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    inline-size: 100%;
    min-block-size: var(--row);
    padding-inline: 0.625rem;
    border-radius: var(--r-md);
    color: var(--text-2);
    text-decoration: none;
    text-align: start;
    font-weight: 450;
  }
  .nav span {
    flex: 1;
  }
  .nav:hover {
    background: var(--hover);
  }
  .nav[aria-current] {
    background: var(--active);
    color: var(--text);
    font-weight: 500;
  }
  .sections {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: auto;
    padding: var(--s2) var(--s3) var(--s4);
  }
  .me {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    border-block-start: 1px solid var(--line);
    padding: var(--s2) var(--s3);
    padding-block-end: calc(var(--s2) + env(safe-area-inset-bottom));
  }
  .account {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 0.625rem;
    min-inline-size: 0;
    min-block-size: 2.5rem;
    padding-inline: 0.25rem;
    margin-inline-start: -0.25rem;
    border-radius: var(--r-md);
    color: inherit;
    text-decoration: none;
    line-height: 1.25;
  }
  a.account:hover {
    background: var(--hover);
  }
  .account span {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .account small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--text-3);
    font-size: var(--t-xs);
  }

  /* the rail */
  :host([folded]) {
    align-items: center;
    gap: 0.25rem;
    padding-block: 0.75rem;
  }
  :host([folded]) .logo {
    display: grid;
    place-items: center;
    inline-size: 2.375rem;
    block-size: 2.375rem;
    margin-block-end: 0.5rem;
    border-radius: var(--r-md);
  }
  :host([folded]) nav {
    padding: 0;
    gap: 0.25rem;
    justify-items: center;
  }
  :host([folded]) k-icon-button {
    --icon-ctl: 2.375rem;
  }
  :host([folded]) .space {
    flex: 1;
  }
  @media (pointer: coarse) {
    :host([folded]) k-icon-button {
      --icon-ctl: 2.75rem;
    }
  }
`;
