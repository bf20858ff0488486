import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
  }
  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-block-size: 0;
  }
  .sides.two-sides {
    grid-template-columns: minmax(0, 1fr) 25rem;
  }
  m-events-event {
    min-block-size: 0;
    border-inline-start: 1px solid var(--line);
    background: var(--surface);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s2);
    margin-block-end: var(--s3);
  }
  .bar k-field {
    flex: 1 1 16rem;
  }
  .bar k-select {
    flex: 0 1 11rem;
    min-inline-size: 0;
  }
  .log {
    position: relative;
    overflow: hidden;
    margin-block-end: var(--s6);
  }
  .rows {
    max-block-size: max(20rem, 62vh);
    overflow: auto;
    overflow-anchor: none;
  }
  table {
    table-layout: fixed;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--sunken);
    border-block-end: 1px solid var(--line);
  }
  th.seq {
    inline-size: 6rem;
  }
  th.time {
    inline-size: 11rem;
  }
  th.by {
    inline-size: 9.5rem;
  }
  tbody td {
    padding-block: 0;
    block-size: 2.25rem;
    font-size: var(--t-sm);
    color: var(--text-2);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  tbody tr:first-child > td {
    border-block-start: 0;
  }
  td.seq,
  td.time {
    font: 450 var(--t-xs) / 1.5 var(--mono);
    color: var(--text-3);
  }
  tr.on > td {
    background: var(--accent-soft);
    color: var(--text-2);
  }
  tbody tr:hover > td {
    background: var(--hover);
  }
  tbody tr.on:hover > td {
    background: var(--accent-soft);
  }
  .open {
    display: block;
    inline-size: 100%;
    block-size: 2.25rem;
    text-align: start;
    color: var(--text-2);
  }
  .open > span {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: middle;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .open:focus-visible {
    outline-offset: -2px;
  }
  .open code {
    font: 500 var(--t-xs) / 1.5 var(--mono);
    color: var(--text);
    margin-inline-end: 0.5rem;
  }
  .new {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.375rem;
    inline-size: 100%;
    min-block-size: 2rem;
    background: var(--accent-soft);
    color: var(--accent-text);
    font-size: var(--t-sm);
    font-weight: 550;
    border-block-end: 1px solid var(--line);
  }
  .new:focus-visible {
    outline-offset: -2px;
  }
  .more {
    display: flex;
    justify-content: center;
    padding: var(--s2);
    border-block-start: 1px solid var(--line);
  }
  .stack > * + * {
    margin-block-start: var(--s2);
  }
  @media (pointer: coarse) {
    .open,
    .new {
      min-block-size: 2.75rem;
    }
  }
  @media (max-width: 73.75rem) {
    .sides.two-sides {
      grid-template-columns: minmax(0, 1fr);
    }
    m-events-event {
      position: absolute;
      z-index: 2;
      inset-block: 0;
      inset-inline-end: 0;
      inline-size: min(25rem, 100%);
      box-shadow: var(--shadow-3, none);
    }
  }
  @media (max-width: 47.5rem) {
    th.by,
    td.by,
    th.time,
    td.time {
      display: none;
    }
    th.seq {
      inline-size: 5rem;
    }
    .bar k-select {
      flex: 1 1 8rem;
    }
    m-events-event {
      inline-size: 100%;
      border-inline-start: 0;
    }
  }
`;
