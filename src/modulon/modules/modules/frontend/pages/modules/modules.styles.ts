import { css } from 'lit';

export const styles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s2) var(--s3);
    margin-block-end: var(--s3);
  }
  .tools k-field {
    inline-size: 100%;
    max-inline-size: 18rem;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .page > k-banner {
    margin-block-end: var(--s3);
  }
  .list {
    overflow: hidden;
  }
  .list > table {
    table-layout: fixed;
  }
  th.state {
    inline-size: 10.5rem;
  }
  th.extra,
  th.wide {
    inline-size: 9rem;
  }
  th.num {
    inline-size: 8.5rem;
  }
  .list > table > tbody > tr > td {
    block-size: 3.25rem;
    padding-block: 0.25rem;
    color: var(--text-2);
    font-size: var(--t-sm);
  }
  tr.group th {
    block-size: 2.25rem;
    padding: 0.375rem var(--s4);
    background: color-mix(in oklab, var(--sunken) 60%, var(--surface));
    border-block-start: 1px solid var(--line);
    font-size: var(--t-sm);
    font-weight: 400;
    white-space: normal;
    color: var(--text-2);
  }
  thead + tbody tr.group th {
    border-block-start: 0;
  }
  tr.group b {
    font-weight: 600;
    color: var(--text);
  }
  .name {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    inline-size: 100%;
    min-block-size: 2.75rem;
    margin-inline: -0.25rem;
    padding-inline: 0.25rem;
    border-radius: var(--r-sm);
    text-align: start;
    color: var(--text);
  }
  .name > svg {
    color: var(--text-3);
  }
  .name .two {
    flex: 1;
  }
  .sign {
    --k: var(--c1);
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2rem;
    block-size: 2rem;
    border-radius: var(--r-sm);
    background: color-mix(in oklch, var(--k) 16%, transparent);
    color: var(--k);
  }
  .sign.plugin {
    --k: var(--c2);
  }
  .sign.extension {
    --k: var(--c3);
  }
  .sign.off {
    --k: var(--text-3);
  }
  .two b {
    font-size: var(--t-md);
  }
  .version {
    margin-inline-start: 0.125rem;
    font-weight: 400;
    font-size: var(--t-xs);
    color: var(--text-3);
  }
  td.act,
  th.act {
    inline-size: 3.5rem;
    text-align: end;
  }
  tr.open > td {
    background: var(--sunken);
  }
  tr.open + tr.trouble > td {
    background: var(--sunken);
  }
  .list > table > tbody > tr.detail > td {
    padding-block: 0 var(--s4);
    padding-inline: 5.375rem var(--s4);
    background: var(--sunken);
    border-block-start: 0;
  }
  .list > table > tbody > tr.trouble > td {
    border: 0;
    block-size: auto;
    padding-block: 0 0.75rem;
    padding-inline: 5.375rem var(--s4);
  }
  .trouble-parts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    line-height: 1.5;
  }
  .trouble-parts b {
    font-weight: 600;
    color: var(--text);
  }
  .chain {
    list-style: none;
    padding: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.375rem;
  }
  .chain li {
    display: flex;
    align-items: center;
    gap: 0.375rem;
  }
  .chain span {
    padding: 0.0625rem 0.5rem;
    border-radius: var(--r-full);
    background: var(--active);
    color: var(--text);
    font-size: var(--t-xs);
    font-weight: 500;
  }
  .chain svg {
    color: var(--text-3);
  }
  .told {
    overflow-wrap: anywhere;
    text-align: start;
  }
  @media (max-width: 60rem) {
    .extra {
      display: none;
    }
  }
  @media (max-width: 47.5rem) {
    th.state {
      inline-size: 7.5rem;
    }
    .wide {
      display: none;
    }
    .page {
      padding-inline: var(--s3);
    }
    .tools k-field {
      max-inline-size: none;
    }
    td,
    th {
      padding-inline: 0.5rem;
    }
    .name {
      gap: 0.5rem;
    }
    .sign {
      display: none;
    }
    .two small {
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .two b {
      white-space: normal;
    }
    .list > table > tbody > tr:is(.detail, .trouble) > td {
      padding-inline: var(--s4);
    }
  }
`;
