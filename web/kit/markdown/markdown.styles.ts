import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    font-size: var(--t-body);
    line-height: var(--lh-read);
    text-wrap: pretty;
    overflow-wrap: break-word;
  }
  .document > * + * {
    margin-block-start: 0.75rem;
  }
  .document > .heading {
    margin-block-start: 1.5rem;
  }
  .document > :first-child {
    margin-block-start: 0;
  }
  .document > .heading + * {
    margin-block-start: 0.5rem;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin: 0;
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  h1 {
    font-size: var(--t-xl);
  }
  h2 {
    font-size: 1.1875rem;
  }
  h3 {
    font-size: 1.0625rem;
  }
  h4,
  h5,
  h6 {
    font-size: var(--t-body);
  }
  p,
  ul,
  ol,
  blockquote,
  figure,
  dl {
    margin: 0;
  }
  strong,
  b {
    font-weight: 600;
  }
  ul,
  ol {
    padding-inline-start: 1.5rem;
  }
  ul ul,
  ol ol,
  ul ol,
  ol ul {
    margin-block-start: 0.25rem;
  }
  li + li {
    margin-block-start: 0.3125rem;
  }
  li > p + * {
    margin-block-start: 0.5rem;
  }
  li > :is(k-code-block, k-table-frame, blockquote) {
    margin-block: 0.5rem;
  }
  li::marker {
    color: var(--text-3);
    font-variant-numeric: tabular-nums;
  }
  .task-item {
    list-style: none;
    margin-inline-start: -1.375rem;
  }
  .task {
    display: inline-grid;
    place-items: center;
    inline-size: 1rem;
    block-size: 1rem;
    margin-inline-end: 0.375rem;
    vertical-align: -0.15em;
    border-radius: 4px;
    box-shadow: inset 0 0 0 1.5px var(--line-strong);
  }
  .task.done {
    background: var(--accent);
    box-shadow: none;
  }
  .task.done::after {
    content: '';
    inline-size: 0.25rem;
    block-size: 0.5rem;
    margin-block-start: -0.125rem;
    border: solid var(--on-accent);
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
  }
  blockquote {
    padding-inline-start: var(--s4);
    border-inline-start: 2px solid var(--line-strong);
    color: var(--text-2);
  }
  blockquote > * + * {
    margin-block-start: 0.5rem;
  }
  hr {
    margin-block: var(--s4);
    border: 0;
    border-block-start: 1px solid var(--line);
  }
  :not(pre) > code,
  kbd,
  samp {
    padding: 0.1em 0.35em;
    border-radius: 5px;
    background: var(--code-bg);
    box-shadow: inset 0 0 0 1px var(--line);
    font: 450 0.86em/1.4 var(--mono);
    font-variant-ligatures: none;
    overflow-wrap: anywhere;
  }
  pre {
    overflow: auto;
    margin: 0;
    font-size: 0.8125rem;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--t-md);
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    text-wrap: wrap;
  }
  th {
    font-weight: 550;
    font-size: var(--t-sm);
    color: var(--text-2);
    text-align: start;
    background: var(--sunken);
  }
  td,
  th {
    padding: 0.5rem 0.875rem;
    border-block-end: 1px solid var(--line);
  }
  tr:last-child td {
    border-block-end: 0;
  }
  [align='right'] {
    text-align: end;
    white-space: nowrap;
  }
  [align='center'] {
    text-align: center;
  }
  th[align='right'] {
    white-space: normal;
  }
  img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: var(--r-md);
  }
  .remote-image {
    display: inline-grid;
    gap: 0.125rem;
    padding: 0.5rem 0.75rem;
    border-radius: var(--r-md);
    box-shadow: inset 0 0 0 1px var(--line);
    background: var(--surface);
    font-size: var(--t-sm);
    line-height: 1.35;
    text-decoration: none;
    color: var(--text);
  }
  a.remote-image:hover {
    background: color-mix(in oklab, var(--text) 5%, var(--surface));
  }
  .remote-image small {
    color: var(--text-3);
    font-size: var(--t-xs);
  }
  .math.display {
    overflow: auto hidden;
    padding-block: 0.25rem;
  }
  .math .katex {
    font-size: 1.1em;
  }
  summary {
    cursor: pointer;
  }
  @media (max-width: 760px) {
    td,
    th {
      padding-inline: 0.625rem;
    }
  }
`;
