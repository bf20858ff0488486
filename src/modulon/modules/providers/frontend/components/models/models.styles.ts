import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .box {
    overflow: hidden;
    border-radius: var(--r-md);
  }
  .tools {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.5rem;
    flex-wrap: wrap;
  }
  .tools k-field {
    inline-size: 12.5rem;
    margin-inline-end: 0.25rem;
  }
  .bulk {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0.25rem;
    padding-block: 0.25rem;
    padding-inline: 0.75rem 0.5rem;
    background: var(--accent-soft);
    border-block: 1px solid var(--line);
    font-size: var(--t-sm);
  }
  .bulk b {
    font-weight: 600;
    margin-inline-end: 0.5rem;
  }
  .scroll {
    overflow: auto;
    max-block-size: 30rem;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--surface);
    box-shadow: inset 0 -1px 0 var(--line);
  }
  th {
    block-size: 1.875rem;
  }
  td {
    padding-block: 0;
    block-size: 2.625rem;
    font-size: var(--t-sm);
  }
  tbody tr:first-child td {
    border-block-start: 0;
  }
  th:first-child,
  td:first-child {
    padding-inline: 0.625rem 0;
    inline-size: 2.25rem;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0.625rem;
  }
  td b {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  td small {
    color: var(--text-3);
    font-size: var(--t-xs);
    margin-inline-start: 0.375rem;
  }
  tr.off td:not(:last-child) {
    color: var(--text-3);
  }
  tr.off b {
    font-weight: 450;
  }
  .called {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0.125rem;
  }
  .called k-icon-button {
    color: var(--text-3);
  }
  .called b + k-icon-button,
  .called small + k-icon-button {
    margin-inline-start: 0.25rem;
  }
  .called .pinned {
    --icon-fill: currentColor;
    color: var(--accent);
  }
  /* With a mouse they come with the row one is at; a finger has no such place. */
  @media (hover: hover) {
    tr:not(:hover, :focus-within) .quiet {
      opacity: 0;
    }
  }
  .more {
    display: grid;
    place-items: center;
    padding: 0.5rem;
    border-block-start: 1px solid var(--line);
  }
  .can {
    display: flex;
    gap: 0.5rem;
    color: var(--text-2);
  }
  @media (max-width: 47.5rem) {
    .extra {
      display: none;
    }
    .tools k-field {
      inline-size: 100%;
    }
  }
`;
