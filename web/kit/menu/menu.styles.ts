import { css } from 'lit';

export const styles = css`
  .pop {
    min-inline-size: 11rem;
    padding: 0.3125rem;
  }
  .items {
    display: grid;
    gap: 1px;
  }
  .item {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    inline-size: 100%;
    min-block-size: var(--row);
    padding-inline: 0.625rem;
    border-radius: var(--r-sm);
    color: var(--text);
    text-align: start;
    text-decoration: none;
    white-space: nowrap;
  }
  .item svg {
    color: var(--text-3);
  }
  .item span {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .item:hover,
  .item:focus-visible {
    background: var(--hover);
    outline: 0;
  }
  .item:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .item[aria-disabled='true'] {
    color: var(--text-3);
    cursor: default;
  }
  .item.danger,
  .item.danger svg {
    color: var(--bad);
  }
  .item small {
    color: var(--text-3);
    font-size: var(--t-xs);
  }
  .item > .check {
    color: var(--accent);
  }
  .place {
    inline-size: 1rem;
    flex: none !important;
  }
  hr {
    border: 0;
    border-block-start: 1px solid var(--line);
    margin: 0.25rem 0.375rem;
    inline-size: auto;
  }
  .head {
    padding: 0.5rem 0.625rem 0.25rem;
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
  }
`;
