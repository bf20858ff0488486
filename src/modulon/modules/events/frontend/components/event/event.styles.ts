import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-block-size: 3.25rem;
    padding-inline: var(--s4) var(--s2);
    border-block-end: 1px solid var(--line);
    flex: none;
  }
  header h2 {
    flex: 1;
    font-size: var(--t-md);
    font-weight: 600;
  }
  .body {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    padding: var(--s4);
    display: grid;
    gap: var(--s4);
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
  }
  .type {
    font: 500 var(--t-md) / 1.5 var(--mono);
    overflow-wrap: anywhere;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.5rem var(--s4);
    font-size: var(--t-sm);
  }
  dt {
    color: var(--text-3);
  }
  dd {
    margin: 0;
    text-align: end;
    overflow-wrap: anywhere;
    color: var(--text);
  }
  dd code {
    font: 450 var(--t-xs) / 1.5 var(--mono);
  }
  .narrow {
    text-align: end;
    color: var(--accent-text);
    text-decoration: underline;
    text-underline-offset: 2px;
    overflow-wrap: anywhere;
    min-block-size: 1.5rem;
  }
  h3 {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-block-end: var(--s2);
    font-size: var(--t-sm);
    font-weight: 600;
  }
  pre {
    margin: 0;
    padding: 0.75rem 0.875rem;
    border-radius: var(--r-md);
    background: var(--code-bg);
    font: 450 var(--t-xs) / 1.6 var(--mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    max-block-size: 60vh;
    overflow: auto;
  }
`;
