import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    min-inline-size: 0;
  }
  .trigger {
    display: flex;
    flex: 1;
    min-inline-size: 0;
    anchor-name: --trigger;
  }
  .pop {
    position-anchor: --trigger;
    position-area: var(--k-area, block-end span-inline-end);
    position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline;
    inset: auto;
    margin: 0.375rem 0;
    padding: 0;
    border: 0;
    border-radius: var(--r-lg);
    background: var(--raised);
    color: var(--text);
    box-shadow:
      var(--e3),
      0 0 0 1px var(--line);
    max-inline-size: min(calc(100vw - 1rem), var(--k-popover-max, 28rem));
    max-block-size: min(32rem, calc(100dvh - 2rem));
    overflow: auto;
    overscroll-behavior: contain;
  }
  .pop:focus-visible {
    outline: 0;
  }
  :host([placement='bottom-end']) {
    --k-area: block-end span-inline-start;
  }
  :host([placement='top-start']) {
    --k-area: block-start span-inline-end;
  }
  :host([placement='top-end']) {
    --k-area: block-start span-inline-start;
  }
  :host([placement='right']) {
    --k-area: inline-end span-block-end;
  }
  .pop:popover-open {
    transition: opacity var(--m-fast) var(--ease);
    @starting-style {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .pop {
      border: 1px solid CanvasText;
    }
  }
`;
