import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }
  .anchor {
    display: inline-flex;
    anchor-name: --anchor;
  }
  .tip {
    position-anchor: --anchor;
    position-area: block-end;
    position-try-fallbacks: flip-block;
    inset: auto;
    margin: 0.375rem;
    border: 0;
    padding: 0.25rem 0.5rem;
    border-radius: var(--r-sm);
    background: light-dark(oklch(27% 0.01 95), oklch(34% 0.01 240));
    color: oklch(98% 0.003 95);
    font: 450 var(--t-xs) / 1.4 var(--font);
    box-shadow: var(--e2);
    pointer-events: none;
    white-space: nowrap;
  }
  .keys {
    margin-inline-start: 0.5rem;
    opacity: 0.7;
  }
  @media (forced-colors: active) {
    .tip {
      border: 1px solid CanvasText;
    }
  }
`;
