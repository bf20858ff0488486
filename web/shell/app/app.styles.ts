import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    block-size: 100dvh;
  }
  nav {
    block-size: 0;
  }
  .skip {
    position: absolute;
    inset-block-start: var(--s2);
    inset-inline-start: var(--s2);
    z-index: 10;
    padding: 0.5rem 0.75rem;
    border-radius: var(--r-md);
    background: var(--raised);
    box-shadow: var(--e2);
  }
  .skip:not(:focus) {
    clip-path: inset(50%);
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    white-space: nowrap;
    padding: 0;
  }
  .frame {
    display: grid;
    grid-template-columns: 17rem minmax(0, 1fr) auto;
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
  }
  .frame.rail {
    grid-template-columns: 3.5rem minmax(0, 1fr) auto;
  }
  .bare {
    overflow: auto;
    min-block-size: 0;
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
  }
  main:focus-visible,
  .bare:focus-visible {
    outline-offset: -2px;
  }
  .veil {
    display: none;
  }
  @media (max-width: 47.5rem) {
    .frame,
    .frame.rail {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      position: fixed;
      inset-block: 0;
      inset-inline-start: 0;
      z-index: 6;
      inline-size: min(19rem, calc(100vw - 3rem));
      visibility: hidden;
      translate: calc(-100% * var(--dir, 1)) 0;
      transition:
        translate var(--m-base) var(--ease),
        visibility var(--m-base);
      box-shadow: var(--e3);
    }
    .side:dir(rtl) {
      --dir: -1;
    }
    .drawer .side {
      visibility: visible;
      translate: 0 0;
      transition: translate var(--m-base) var(--ease); /* visible at once: what is hidden takes no focus */
    }
    .drawer .veil {
      display: block;
      position: fixed;
      inset: 0;
      z-index: 5;
      background: var(--veil);
      border: 0;
    }
  }
`;
