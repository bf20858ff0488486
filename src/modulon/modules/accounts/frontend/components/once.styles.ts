import { css } from 'lit';

/** What is shown once looks like consent: it is the one thing here that cannot be had again. */
export const once = css`
  .card {
    display: grid;
    gap: var(--s3);
    grid-template-columns: minmax(0, 1fr);
    padding: var(--s4);
    border-radius: var(--r-lg);
    background: var(--surface);
    box-shadow:
      inset 0 0 0 1px var(--warn),
      var(--e1);
  }
  .about {
    display: flex;
    gap: var(--s3);
  }
  .sign {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2rem;
    block-size: 2rem;
    border-radius: var(--r-md);
    background: var(--warn-soft);
    color: var(--warn);
  }
  .about b {
    font-weight: 600;
  }
  .about p {
    color: var(--text-2);
    font-size: var(--t-sm);
    line-height: 1.5;
    text-wrap: pretty;
  }
  code {
    display: block;
    padding: 0.625rem var(--s3);
    border-radius: var(--r-md);
    background: var(--sunken);
    font: 500 var(--t-md) / 1.6 var(--mono);
    text-align: center;
    overflow-wrap: anywhere;
    user-select: all;
  }
  code.link {
    font-size: var(--t-sm);
    text-align: start;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s2);
  }
  .acts k-checkbox {
    margin-inline-start: auto;
  }
`;
