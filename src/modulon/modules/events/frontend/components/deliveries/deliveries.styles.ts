import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  section + section {
    margin-block-start: var(--s6);
  }
  .box {
    overflow: hidden;
  }
  .box > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem var(--s2);
    min-block-size: 2.75rem;
    padding-block: 0.375rem;
    padding-inline: var(--s4) var(--s2);
    background: var(--sunken);
    border-block-end: 1px solid var(--line);
  }
  .box > header:last-child {
    border-block-end: 0;
  }
  h2 {
    font-size: var(--t-md);
    font-weight: 600;
  }
  header p {
    flex: 1 1 12rem;
    color: var(--text-2);
    font-size: var(--t-sm);
  }
  ul {
    list-style: none;
    padding: 0;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem var(--s2);
    padding-block: 0.5rem;
    padding-inline: var(--s4) var(--s2);
  }
  li + li {
    border-block-start: 1px solid var(--line);
  }
  li .two {
    flex: 1 1 16rem;
  }
  li .two b {
    font-weight: 400;
    font-size: var(--t-sm);
    color: var(--text-2);
    white-space: normal;
  }
  li .two code {
    font: 500 var(--t-xs) / 1.5 var(--mono);
    color: var(--text);
    overflow-wrap: anywhere;
  }
  li .two small {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  li .two small.bad {
    color: var(--bad);
  }
  td {
    font-size: var(--t-sm);
    color: var(--text-2);
  }
  td code {
    font: 450 var(--t-xs) / 1.5 var(--mono);
    color: var(--text);
    overflow-wrap: anywhere;
  }
  td.warn {
    color: var(--warn);
    font-weight: 550;
  }
  td.bad {
    color: var(--bad);
    font-weight: 550;
  }
  @media (max-width: 47.5rem) {
    .extra {
      display: none;
    }
  }
`;
