import { css } from 'lit';

/** A box of the set-up's step: a heading with a remark, and rows one of which is chosen. */
export const choice = css`
  :host {
    display: block;
  }
  .box {
    overflow: hidden;
  }
  h3 {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    padding: 0.75rem var(--s4);
    font-size: var(--t-md);
    font-weight: 600;
  }
  h3 svg {
    color: var(--text-3);
  }
  h3 small {
    font-weight: 400;
    color: var(--text-3);
    font-size: var(--t-xs);
    margin-inline-start: auto;
    text-align: end;
  }
  .in {
    display: grid;
    gap: var(--s3);
    grid-template-columns: minmax(0, 1fr);
    padding: 0.75rem var(--s4) var(--s4);
    border-block-start: 1px solid var(--line);
  }
  .say {
    color: var(--text-2);
    font-size: var(--t-sm);
    line-height: 1.5;
  }
  .line {
    display: flex;
    gap: var(--s2);
    align-items: start;
  }
  .line > :first-child {
    flex: 1;
    min-inline-size: 0;
  }
  label {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.5rem var(--s4);
    min-block-size: 3.25rem;
    cursor: pointer;
  }
  h3 + label,
  label + label {
    border-block-start: 1px solid var(--line);
  }
  label:hover {
    background: color-mix(in oklab, var(--text) 2.5%, var(--surface));
  }
  label.on {
    background: var(--accent-soft);
  }
  label.on small {
    color: var(--text-2);
  }
  label svg {
    color: var(--text-2);
  }
  .two {
    flex: 1;
    min-inline-size: 0;
  }
  input[type='radio'] {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    margin: 0 -0.125rem;
    border-radius: 50%;
  }
  input[type='radio']::before {
    content: '';
    inline-size: 1.125rem;
    block-size: 1.125rem;
    border-radius: 50%;
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px var(--line-strong);
  }
  input[type='radio']:checked::before {
    box-shadow: inset 0 0 0 5.5px var(--accent);
  }
  @media (forced-colors: active) {
    input[type='radio']::before {
      border: 1px solid ButtonText;
    }
    input[type='radio']:checked::before {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
