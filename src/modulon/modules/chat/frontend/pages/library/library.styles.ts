import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-block-size: 0;
    block-size: 100%;
  }
  .scroll {
    min-block-size: 0;
    overflow: auto;
  }
  .column {
    max-inline-size: var(--measure);
    margin-inline: auto;
    padding: var(--s2) var(--s8) var(--s8);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s3);
    padding-block-end: var(--s4);
  }
  .filters k-field {
    flex: 1 1 100%;
  }
  .filters k-select {
    max-inline-size: 14rem;
  }
  ul {
    list-style: none;
    padding: 0;
    margin-inline: -0.625rem;
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--s2);
    padding: 0.5rem 0.625rem;
    border-radius: var(--r-md);
  }
  li:hover {
    background: var(--hover);
  }
  li[data-chosen] {
    background: var(--accent-soft);
  }
  .words {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 0.125rem;
    min-block-size: 2rem;
    align-content: center;
    color: inherit;
    text-decoration: none;
  }
  .words b {
    font-weight: 500;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .words small {
    color: var(--text-2);
    font-size: var(--t-sm);
    line-height: 1.45;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  mark {
    background: none;
    color: var(--accent-text);
    font-weight: 650;
  }
  .when {
    display: flex;
    align-items: center;
    gap: var(--s3);
    flex: none;
    color: var(--text-3);
    font-size: var(--t-xs);
    white-space: nowrap;
  }
  .in {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    max-inline-size: 10rem;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  svg {
    flex: none;
    color: var(--text-3);
  }
  b svg {
    margin-inline-end: 0.375rem;
    vertical-align: -0.125em;
  }
  .note {
    padding-block-end: var(--s3);
    color: var(--text-3);
    font-size: var(--t-sm);
  }
  .end {
    block-size: 1px;
  }
  @media (max-width: 760px) {
    .column {
      padding-inline: var(--s4);
    }
    li {
      flex-wrap: wrap;
    }
    .words {
      flex-basis: calc(100% - 4rem);
    }
    .when {
      flex-basis: 100%;
      padding-inline-start: 3.25rem;
    }
  }
`;
