import { css } from 'lit';

/** What every shadow root needs: nothing of the page's own style sheet reaches into it. */
export const base = css`
  :host,
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
  }
  a {
    color: var(--accent-text);
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
  }
  code,
  pre {
    font-family: var(--mono);
    font-variant-ligatures: none;
    font-feature-settings: normal;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  svg.i {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    fill: var(--icon-fill, none);
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
  }
  svg.i.s {
    inline-size: 1rem;
    block-size: 1rem;
  }
  svg.i.xs {
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  svg.i.way:dir(rtl) {
    scale: -1 1;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  * {
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
`;
