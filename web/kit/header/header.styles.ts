import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
    /* The settings' frame has the bar reach over its list, and on narrow screens leaves room under it. */
    margin-inline-start: calc(-1 * var(--k-header-outdent, 0px));
    margin-block-end: var(--k-header-gap, 0px);
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--s2);
    block-size: 3.25rem;
    padding-inline: var(--s4) var(--s3);
    white-space: nowrap;
  }
  :host([lined]) header {
    border-block-end: 1px solid var(--line);
    padding-inline: var(--s5) var(--s4);
  }
  .menu {
    display: none;
    margin-inline-start: -0.375rem;
  }
  .crumb {
    color: var(--text-3);
  }
  a.crumb {
    text-decoration: none;
    padding-block: 0.25rem;
  }
  a.crumb:hover {
    color: var(--text);
  }
  h1 {
    font-size: var(--t-md);
    font-weight: 600;
    letter-spacing: -0.006em;
    overflow: hidden;
    text-overflow: ellipsis;
    min-inline-size: 0;
  }
  .sub {
    color: var(--text-3);
    font-size: var(--t-sm);
    margin-inline-start: var(--s2);
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .space {
    flex: 1;
  }
  @media (max-width: 47.5rem) {
    .menu {
      display: inline-flex;
    }
    .crumb,
    .sub {
      display: none;
    }
    :host([lined]) header {
      padding-inline: var(--s4) var(--s3);
    }
  }
`;
