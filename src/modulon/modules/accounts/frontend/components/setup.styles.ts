import { css } from 'lit';

/** The heading and the end of a step of the set-up. */
export const step = css`
  :host,
  form {
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
    text-wrap: pretty;
  }
  .two-fields {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--s4);
  }
  .end {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--s2);
  }
  @media (max-width: 47.5rem) {
    .two-fields {
      grid-template-columns: minmax(0, 1fr);
    }
    .end k-button[variant='primary'] {
      flex: 1;
    }
  }
`;
