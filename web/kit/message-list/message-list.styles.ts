import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
    min-block-size: 0;
    contain: strict;
  }
  .scroller {
    block-size: 100%;
    overflow: auto;
    overflow-anchor: none;
    scrollbar-gutter: stable;
    scroll-padding-block: var(--list-pad-start, 0px) var(--list-pad-end, 0px);
    padding-inline: var(--list-pad-inline, 0px);
  }
  .scroller:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .column {
    max-inline-size: var(--measure, 46rem);
    margin-inline: auto;
  }
  .start {
    padding-block-start: var(--list-pad-start, 0px);
  }
  .end {
    block-size: var(--list-pad-end, 0px);
  }
  article {
    /* margins of the content must not leave the measured box */
    display: flow-root;
    padding-block-end: var(--list-gap, 0px);
    border-radius: var(--r-md);
  }
  article:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 4px;
  }
`;
