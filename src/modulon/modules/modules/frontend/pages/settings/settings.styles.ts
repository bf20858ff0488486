import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    gap: var(--s4);
    grid-template-columns: minmax(0, 1fr);
  }
  .find {
    inline-size: 16rem;
  }
  .value {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: 0.25rem;
    min-inline-size: 9rem;
  }
  k-field.short {
    inline-size: 9rem;
  }
  .mark {
    display: inline-block;
    inline-size: 0.4375rem;
    block-size: 0.4375rem;
    border-radius: 50%;
    background: var(--accent);
    margin-inline-start: 0.5rem;
    vertical-align: middle;
  }
  .two small.wrong {
    color: var(--bad);
    font-weight: 550;
  }
  .save {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    align-items: center;
    gap: var(--s2);
    padding: var(--s3) var(--s4);
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--r-lg);
    box-shadow: var(--shadow-2, 0 6px 20px rgb(0 0 0 / 12%));
  }
  .save[hidden] {
    display: none;
  }
  .save span {
    flex: 1;
    color: var(--text-2);
  }
  .past summary {
    cursor: pointer;
    color: var(--text-2);
    font-size: var(--t-sm);
    padding-block: var(--s2);
  }
  .past ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .past li {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    align-items: baseline;
    padding-block: 0.375rem;
    font-size: var(--t-sm);
  }
  .past li + li {
    border-block-start: 1px solid var(--line);
  }
  .past li b {
    font-weight: 550;
  }
  .past li span {
    flex: 1;
  }
  .past li small {
    color: var(--text-3);
  }
  @media (max-width: 47.5rem) {
    .value {
      align-items: flex-start;
    }
  }
`;
