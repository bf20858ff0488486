import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    border: 1px solid var(--line);
    border-radius: var(--r-md);
    overflow: hidden;
    background: var(--code-bg);
    direction: ltr;
    text-align: left;
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--s1);
    min-block-size: 2.125rem;
    padding-inline: 0.875rem 0.375rem;
    font: 400 var(--t-xs) / var(--lh-ui) var(--font);
    color: var(--text-3);
    border-block-end: 1px solid var(--line);
  }
  .language {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  button {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
    min-block-size: 1.5rem;
    padding-inline: 0.4rem;
    border-radius: var(--r-sm);
    font-weight: 500;
    color: var(--text-2);
  }
  button:hover {
    background: var(--hover);
  }
  button[aria-pressed='true'] {
    background: var(--active);
    color: var(--text);
  }
  @media (pointer: coarse) {
    button {
      min-block-size: 2.75rem;
      padding-inline: 0.75rem;
    }
  }
  pre {
    margin: 0;
    padding: 0.75rem 0.875rem;
    font: 400 0.8125rem / 1.65 var(--mono);
    font-variant-ligatures: none;
    font-feature-settings: normal;
    overflow: auto;
    tab-size: 2;
    color: var(--text);
  }
  pre:focus-visible {
    outline-offset: -2px;
    border-end-start-radius: var(--r-md);
    border-end-end-radius: var(--r-md);
  }
  code {
    font-family: inherit;
  }
  .wrap {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .k {
    color: var(--syn-k);
  }
  .s {
    color: var(--syn-s);
  }
  .f {
    color: var(--syn-f);
  }
  .n {
    color: var(--syn-n);
  }
  .c {
    color: var(--syn-c);
  }
  .a {
    color: var(--ok);
  }
  .d {
    color: var(--bad);
  }
`;
