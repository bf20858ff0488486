import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  h2 {
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
    padding: var(--s3) 0.625rem 0.375rem;
  }
  ul {
    list-style: none;
    padding: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1px;
  }
  p {
    padding: var(--s3) 0.625rem;
    color: var(--text-3);
    font-size: var(--t-sm);
    line-height: 1.5;
  }
  .none {
    padding-block: 0.25rem 0.375rem;
    padding-inline: 2rem 0.625rem;
  }
  k-skeleton {
    padding: var(--s5) 0.625rem;
  }
  .end {
    block-size: 1px;
  }
`;
