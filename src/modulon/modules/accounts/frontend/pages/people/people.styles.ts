import { css } from 'lit';

export const styles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: var(--s3);
    margin-block-end: var(--s4);
  }
  .bar k-field {
    inline-size: 100%;
    max-inline-size: 22rem;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-inline-size: 0;
  }
  .marks {
    flex: none;
    display: flex;
    gap: 0.5rem;
  }
  .more {
    display: flex;
    justify-content: center;
    margin-block-start: var(--s4);
  }
  td.who-cell {
    max-inline-size: 0;
    inline-size: 55%;
  }
  @media (max-width: 47.5rem) {
    .extra {
      display: none;
    }
    td.who-cell {
      inline-size: 70%;
    }
    .who {
      flex-wrap: wrap;
      gap: 0.25rem 0.5rem;
    }
    .who .two {
      flex: 1 1 5rem;
    }
    .marks:has(*) {
      flex-basis: 100%;
      padding-inline-start: 2.25rem;
    }
  }
`;
