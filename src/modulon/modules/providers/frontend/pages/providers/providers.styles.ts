import { css } from 'lit';

export const styles = css`
  .list {
    overflow: hidden;
  }
  .list > table > tbody > tr > td {
    block-size: 3.5rem;
    padding-block: 0.375rem;
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
  }
  .name > svg {
    color: var(--text-3);
  }
  .name .two {
    flex: 1;
  }
  .two .place {
    display: flex;
    gap: 0.25em;
    white-space: nowrap;
  }
  /* Cut off at its own end, which is the right one in every language. */
  .two .place bdi {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  td.key {
    color: var(--text-2);
    white-space: nowrap;
  }
  td.act,
  th.act {
    inline-size: 3.5rem;
    text-align: end;
  }
  tr.open > td {
    background: var(--sunken);
  }
  .list > table > tbody > tr.detail > td {
    padding: 0;
    background: var(--sunken);
    border-block-start: 0;
  }
  .detail .parts {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 19rem;
    gap: var(--s4);
    padding: 0 var(--s4) var(--s4);
  }
  .list > table > tbody > tr.trouble > td {
    border: 0;
    block-size: auto;
    padding-block: 0 0.75rem;
  }
  k-banner k-button {
    margin-inline-start: var(--s1);
  }
  @media (max-width: 75rem) {
    .detail .parts {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 60rem) {
    .extra {
      display: none;
    }
  }
  @media (max-width: 47.5rem) {
    .list > table {
      table-layout: fixed;
    }
    .list > table > thead th:nth-child(2) {
      inline-size: 8.5rem;
    }
    .wide {
      display: none;
    }
    .page {
      padding-inline: var(--s3);
    }
    td,
    th {
      padding-inline: 0.5rem;
    }
    .detail .parts {
      padding-inline: var(--s2);
    }
    .name {
      gap: 0.5rem;
    }
    .name > k-avatar {
      display: none;
    }
    .two .place {
      flex-wrap: wrap;
      row-gap: 0;
      white-space: normal;
    }
    .two .place bdi {
      overflow-wrap: anywhere;
    }
  }
`;
