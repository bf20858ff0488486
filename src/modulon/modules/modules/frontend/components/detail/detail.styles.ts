import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .about {
    max-inline-size: var(--measure);
    line-height: 1.5;
  }
  .quiet {
    max-inline-size: var(--measure);
    line-height: 1.5;
  }
  .parts {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--s5) var(--s6);
    margin-block: var(--s4);
  }
  m-modules-needs,
  section:has(table) {
    grid-column: 1 / -1;
  }
  h2 {
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
    margin-block-end: 0.375rem;
  }
  .permissions {
    list-style: none;
    padding: 0;
    display: grid;
    gap: 0.375rem;
    font-size: var(--t-sm);
  }
  .permissions li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.625rem;
    align-items: baseline;
    color: var(--text-2);
  }
  dl {
    display: grid;
    gap: var(--s2);
    font-size: var(--t-sm);
  }
  dl div {
    display: grid;
    grid-template-columns: 6.5rem minmax(0, 1fr);
    gap: 0 var(--s3);
  }
  dt {
    color: var(--text-2);
  }
  dd {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
  }
  code {
    font-size: var(--t-xs);
    line-height: 1.6;
    overflow-wrap: anywhere;
    color: var(--text);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    font-size: var(--t-sm);
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }
  td {
    color: var(--text-2);
    padding-block: 0.375rem;
  }
  td.bad {
    color: var(--bad);
    font-weight: 550;
  }
  @media (max-width: 60rem) {
    .parts {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 47.5rem) {
    th,
    td {
      padding-inline: 0.25rem;
    }
    .version,
    .p95 {
      display: none;
    }
  }
`;
