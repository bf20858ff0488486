import { css } from 'lit';

/** A page of the settings: a bar, and below it what scrolls. */
export const settingsPage = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-block-size: 0;
  }
  .page {
    overflow: auto;
    padding: var(--s5) var(--s6) var(--s8);
    min-inline-size: 0;
    scrollbar-gutter: stable;
  }
  .narrow {
    max-inline-size: 46rem;
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--s4);
    padding: 0.75rem var(--s4);
    min-block-size: 3.5rem;
  }
  .line + .line {
    border-block-start: 1px solid var(--line);
  }
  .line .two {
    flex: 1;
  }
  .line .two small {
    white-space: normal;
  }
  section + section {
    margin-block-start: var(--s8);
  }
  .scroll {
    overflow-x: auto;
  }
  @media (max-width: 47.5rem) {
    .page {
      padding: var(--s4);
    }
    .line {
      flex-wrap: wrap;
    }
    .line .two {
      flex-basis: 11rem;
    }
  }
`;
