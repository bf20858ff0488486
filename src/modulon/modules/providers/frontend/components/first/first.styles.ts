import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: var(--s6);
    grid-template-columns: minmax(0, 1fr);
  }
  header h2 {
    font-size: var(--t-xl);
    font-weight: 600;
    letter-spacing: -0.018em;
  }
  header p {
    color: var(--text-2);
    margin-block-start: 0.25rem;
    line-height: 1.55;
  }
  h3 k-button {
    margin-inline-start: auto;
    margin-block: -0.25rem;
    margin-inline-end: -0.5rem;
  }
  .end {
    display: flex;
    justify-content: flex-end;
    gap: var(--s2);
  }
  @media (max-width: 47.5rem) {
    .end k-button[variant='primary'] {
      flex: 1;
    }
  }
`;
