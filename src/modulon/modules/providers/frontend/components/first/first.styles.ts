import { css } from 'lit';

export const styles = css`
  :host {
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
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
    border-block-start: 1px solid var(--line);
    gap: 1px;
    background: var(--line);
  }
  label:last-child:nth-child(odd) {
    grid-column: 1 / -1;
  }
  label {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.5rem var(--s4);
    min-block-size: 3.25rem;
    cursor: pointer;
    background: var(--surface);
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
  .two {
    flex: 1;
  }
  input {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    margin: 0 -0.125rem;
    border-radius: 50%;
  }
  input::before {
    content: '';
    inline-size: 1.125rem;
    block-size: 1.125rem;
    border-radius: 50%;
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px var(--line-strong);
  }
  input:checked::before {
    box-shadow: inset 0 0 0 5.5px var(--accent);
  }
  .form {
    display: grid;
    gap: var(--s4);
    padding: var(--s4);
    border-block-start: 1px solid var(--line);
  }
  .end {
    display: flex;
    justify-content: flex-end;
    gap: var(--s2);
  }
  @media (max-width: 47.5rem) {
    .end k-button[variant='primary'] {
      flex: 1;
    }
  }
  @media (forced-colors: active) {
    input::before {
      border: 1px solid ButtonText;
    }
    input:checked::before {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
