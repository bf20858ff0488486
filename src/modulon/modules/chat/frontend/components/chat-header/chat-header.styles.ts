import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .title {
    display: flex;
    min-inline-size: 0;
    flex: 0 1 auto;
    margin-inline-start: -0.375rem;
  }
  h1 {
    display: flex;
    min-inline-size: 0;
    font: inherit;
  }
  .name {
    max-inline-size: 100%;
    padding: 0.25rem 0.375rem;
    border-radius: var(--r-sm);
    font-size: var(--t-md);
    font-weight: 600;
    letter-spacing: -0.006em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: start;
  }
  h1.name {
    display: block;
    min-block-size: 0;
  }
  button.name:hover {
    background: var(--hover);
  }
  form {
    display: flex;
    flex: 1 1 20rem;
    min-inline-size: 0;
  }
  input {
    flex: 1;
    min-inline-size: 0;
    max-inline-size: 28rem;
    block-size: 1.875rem;
    padding-inline: 0.375rem;
    border: 0;
    border-radius: var(--r-sm);
    background: var(--surface);
    box-shadow: inset 0 0 0 1px var(--line-strong);
    font-size: var(--t-md);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    button.name {
      min-block-size: 2.75rem;
    }
    input {
      font-size: 1rem;
      block-size: 2.5rem;
    }
  }
`;
