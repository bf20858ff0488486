import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    min-block-size: 100%;
  }
  .middle {
    display: grid;
    place-items: center;
    padding: var(--s8) var(--s4);
  }
  .column {
    inline-size: 100%;
    max-inline-size: 24.5rem;
    display: grid;
    gap: var(--s5);
    grid-template-columns: minmax(0, 1fr);
  }
  .head {
    display: grid;
    justify-items: center;
    gap: 0.375rem;
    text-align: center;
    margin-block-end: var(--s1);
  }
  h1 {
    font-size: var(--t-xl);
    font-weight: 600;
    letter-spacing: -0.018em;
    margin-block-start: var(--s2);
  }
  .head p {
    color: var(--text-3);
    font-size: var(--t-sm);
  }
  form {
    background: var(--surface);
    border-radius: var(--r-xl);
    box-shadow:
      inset 0 0 0 1px var(--line),
      var(--e2);
    padding: var(--s6);
    display: grid;
    gap: var(--s4);
    grid-template-columns: minmax(0, 1fr);
  }
  .help {
    text-align: center;
    color: var(--text-2);
    font-size: var(--t-sm);
    line-height: 1.55;
    text-wrap: balance;
  }
  .help span {
    display: block;
  }
  footer {
    display: flex;
    justify-content: center;
    padding: var(--s4);
  }
  @media (max-width: 47.5rem) {
    .middle {
      place-items: start stretch;
      padding-block-start: var(--s12);
    }
    .column {
      max-inline-size: none;
    }
    form {
      background: none;
      box-shadow: none;
      padding: 0;
    }
  }
`;
