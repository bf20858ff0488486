import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: 25.5rem minmax(0, 1fr);
    min-block-size: 100%;
  }
  .lead {
    background: var(--sunken);
    border-inline-end: 1px solid var(--line);
    padding: var(--s10) var(--s10) var(--s8);
    display: flex;
    flex-direction: column;
    gap: var(--s10);
    position: sticky;
    inset-block-start: 0;
    block-size: 100dvh;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    font-weight: 600;
    font-size: var(--t-lg);
    letter-spacing: -0.012em;
  }
  h1 {
    font-size: var(--t-2xl);
    font-weight: 600;
    letter-spacing: -0.022em;
    line-height: 1.2;
  }
  .intro p {
    color: var(--text-2);
    margin-block-start: var(--s2);
    line-height: 1.6;
    text-wrap: pretty;
  }
  .facts {
    margin-block-start: auto;
    display: grid;
    gap: 0.625rem;
    font-size: var(--t-sm);
    color: var(--text-2);
    list-style: none;
    padding: 0;
  }
  .facts li {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    line-height: 1.4;
  }
  .facts svg {
    color: var(--text-3);
  }
  .main {
    display: grid;
    place-items: start center;
    padding: 6.75rem var(--s8) var(--s10);
  }
  .work:focus-visible {
    outline: 0; /* it is only where reading goes on */
  }
  .work {
    inline-size: 100%;
    max-inline-size: 35rem;
  }
  @media (max-width: 60rem) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto minmax(0, 1fr);
    }
    .lead {
      position: static;
      block-size: auto;
      padding: var(--s3) var(--s4);
      flex-direction: row;
      align-items: center;
      justify-content: space-between;
      border-inline-end: 0;
      border-block-end: 1px solid var(--line);
      gap: var(--s2);
    }
    .facts {
      display: none;
    }
    .intro {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .brand {
      font-size: var(--t-md);
    }
    .main {
      padding: var(--s5) var(--s4) var(--s6);
      place-items: start center;
    }
  }
`;
