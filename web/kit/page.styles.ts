import { css } from 'lit';

/** Pieces that pages share: boxes, headings, rows of two lines, tables. */
export const page = css`
  .box {
    border: 1px solid var(--line);
    border-radius: var(--r-lg);
    background: var(--surface);
  }
  .box.pad {
    padding: var(--s4);
  }
  .heading {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--s2);
    min-block-size: 1.875rem;
    margin-block-end: 0.625rem;
  }
  .heading h2 {
    font-size: var(--t-body);
    font-weight: 600;
    letter-spacing: -0.008em;
  }
  .heading p {
    color: var(--text-3);
    font-size: var(--t-sm);
  }
  .stack {
    display: grid;
    gap: var(--s4);
    grid-template-columns: minmax(0, 1fr);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--s2);
  }
  .space {
    flex: 1;
  }
  .quiet {
    color: var(--text-3);
    font-size: var(--t-sm);
  }
  .two {
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
    font-weight: 550;
  }
  .two small {
    color: var(--text-3);
    font-size: var(--t-xs);
  }
  .mono {
    font: 450 var(--t-xs) / 1.5 var(--mono);
    font-variant-ligatures: none;
    font-feature-settings: normal;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th {
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
    text-align: start;
    block-size: 2.125rem;
    padding-inline: 0.75rem;
    white-space: nowrap;
  }
  td {
    padding: 0.5rem 0.75rem;
    border-block-start: 1px solid var(--line);
  }
  th.num,
  td.num {
    text-align: end;
    white-space: nowrap;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: var(--s4);
  }
  th:last-child,
  td:last-child {
    padding-inline-end: var(--s4);
  }
  .box > table > thead th {
    background: var(--sunken);
    border-block-end: 1px solid var(--line);
  }
  .box > table > tbody > tr:first-child > td {
    border-block-start: 0;
  }
`;
