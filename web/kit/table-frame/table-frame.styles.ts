import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
  }
  .scroll {
    overflow-x: auto;
    border: 1px solid var(--line);
    border-radius: var(--r-md);
    background: var(--surface);
  }
  .tools {
    position: absolute;
    inset-block-start: -0.875rem;
    inset-inline-end: var(--s2);
    display: flex;
    opacity: 0;
    border-radius: var(--r-md);
    background: var(--raised);
    box-shadow:
      0 0 0 1px var(--line),
      var(--e1);
  }
  :host(:hover) .tools,
  .tools:focus-within {
    opacity: 1;
  }
  button {
    min-block-size: 1.75rem;
    padding-inline: var(--s2);
    unicode-bidi: plaintext; /* the table may run the other way than the interface's words */
    border-radius: var(--r-md);
    font: 500 var(--t-xs) / var(--lh-ui) var(--font);
    color: var(--text-2);
  }
  button:hover {
    background: var(--hover);
    color: var(--text);
  }
  @media (hover: none) {
    .tools {
      position: static;
      inline-size: fit-content;
      opacity: 1;
      margin-block-start: var(--s1);
      background: none;
      box-shadow: none;
    }
    button {
      min-block-size: 2.75rem;
    }
  }
`;
