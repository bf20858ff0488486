import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    vertical-align: middle;
  }
  .ib {
    display: inline-grid;
    place-items: center;
    inline-size: var(--icon-ctl);
    block-size: var(--icon-ctl);
    border-radius: var(--r-md);
    color: var(--text-2);
    text-decoration: none;
    -webkit-tap-highlight-color: transparent;
    transition: background var(--m-fast) var(--ease);
  }
  .ib:hover {
    background: var(--hover);
    color: var(--text);
  }
  .ib:active {
    background: var(--active);
  }
  :host([size='sm']) .ib {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border-radius: var(--r-sm);
  }
  @media (pointer: coarse) {
    :host([size='sm']) .ib {
      inline-size: 2.75rem;
      block-size: 2.75rem;
    }
  }
  :host([variant='primary']) .ib {
    background: var(--accent);
    color: var(--on-accent);
    border-radius: 50%;
  }
  :host([variant='primary']) .ib:hover {
    background: var(--accent-hi);
  }
  :host([pressed]) .ib {
    color: var(--accent-text);
    background: var(--accent-soft);
  }
  .ib[aria-current] {
    background: var(--surface);
    color: var(--accent-text);
    box-shadow:
      var(--e1),
      inset 0 0 0 1px var(--line);
  }
  .ib[aria-disabled='true'] {
    opacity: 0.45;
    cursor: default;
  }
  @media (forced-colors: active) {
    .ib {
      border: 1px solid ButtonBorder;
    }
    .ib[aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
    }
  }
`;
