import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-block-size: 0;
  }
  .all {
    display: grid;
    grid-template-columns: 17rem minmax(0, 1fr);
    min-block-size: 0;
  }
  nav.pages {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-block-size: 0;
    border-inline-end: 1px solid var(--line);
  }
  nav.pages k-field {
    padding: var(--s3);
  }
  nav.pages m-guide-contents {
    overflow: auto;
    padding: 0 var(--s3) var(--s6);
  }
  .page {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, var(--measure)) 13rem;
    justify-content: center;
    align-content: start;
    gap: var(--s10);
    overflow: auto;
    padding: var(--s6) var(--s8) var(--s12);
    scrollbar-gutter: stable;
  }
  .page.wide {
    grid-template-columns: minmax(0, var(--measure));
  }
  section + section {
    margin-block-start: var(--s8);
  }
  article section {
    scroll-margin-block-start: var(--s4);
  }
  article :is(h2, h3) {
    margin-block-end: var(--s2);
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.35;
    text-wrap: balance;
    outline-offset: 4px;
  }
  article h2 {
    font-size: var(--t-xl);
  }
  article h3 {
    font-size: var(--t-lg);
  }
  article h2.title {
    font-size: var(--t-2xl);
    letter-spacing: -0.02em;
  }
  h2 a,
  h3 a {
    color: inherit;
    text-decoration: none;
  }
  h2 a:hover,
  h3 a:hover {
    text-decoration: underline;
  }
  .intro {
    color: var(--text-2);
    margin-block-end: var(--s6);
  }
  .start {
    display: grid;
    gap: var(--s2);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .start a {
    display: block;
    padding: var(--s3) var(--s4);
    border: 1px solid var(--line);
    border-radius: var(--r-lg);
    background: var(--surface);
    color: var(--text);
    font-weight: 550;
    text-decoration: none;
  }
  .start a:hover {
    background: color-mix(in oklab, var(--text) 4%, var(--surface));
  }
  .toc {
    position: sticky;
    inset-block-start: 0;
    align-self: start;
    max-block-size: calc(100dvh - 8rem);
    overflow: auto;
    font-size: var(--t-sm);
  }
  .toc b {
    display: block;
    padding-block-end: var(--s2);
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
  }
  .toc ul {
    list-style: none;
    margin: 0;
    padding: 0;
    border-inline-start: 1px solid var(--line);
  }
  .toc a {
    display: block;
    padding: 0.25rem var(--s3);
    color: var(--text-2);
    text-decoration: none;
  }
  .toc .deep a {
    padding-inline-start: var(--s6);
  }
  .toc a:hover {
    color: var(--text);
  }
  @media (max-width: 75rem) {
    .page {
      grid-template-columns: minmax(0, var(--measure));
    }
    .toc {
      display: none;
    }
  }
  @media (max-width: 47.5rem) {
    .all {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto minmax(0, 1fr);
    }
    nav.pages {
      grid-template-rows: auto;
      border-inline-end: 0;
      border-block-end: 1px solid var(--line);
    }
    nav.pages m-guide-contents {
      display: none;
    }
    .page {
      padding: var(--s5) var(--s4) var(--s10);
    }
  }
`;
