import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .field {
    display: grid;
    gap: 0.375rem;
    grid-template-columns: minmax(0, 1fr);
  }
  .wrap {
    position: relative;
    display: grid;
  }
  /* By the direction of the page, which the text inside need not have. */
  .wrap .in {
    padding-left: var(--start, 0.75rem);
    padding-right: var(--end, 0.75rem);
  }
  .wrap:dir(rtl) .in {
    padding-left: var(--end, 0.75rem);
    padding-right: var(--start, 0.75rem);
  }
  .wrap.lead {
    --start: 2.25rem;
  }
  .wrap.trail {
    --end: 2.75rem;
  }
  .wrap > svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0.75rem;
    margin-block: auto;
    color: var(--text-3);
    pointer-events: none;
  }
  .wrap > k-icon-button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.25rem;
    align-items: center;
  }
  textarea.in {
    block-size: auto;
    padding-block: 0.625rem;
    line-height: 1.5;
    resize: vertical;
    field-sizing: content;
    min-block-size: 5rem;
    max-block-size: 20rem;
  }
  :host([mono]) .in {
    font: 450 var(--t-sm) var(--mono);
    font-feature-settings: normal;
    font-variant-ligatures: none;
  }
  :host([compact]) .in {
    block-size: var(--ctl-sm);
    border-radius: var(--r-sm);
    font-size: var(--t-sm);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  :host([compact]) .wrap > svg {
    inset-inline-start: 0.625rem;
  }
  :host([compact]) .wrap.lead {
    --start: 1.875rem;
  }
  input[type='search']::-webkit-search-cancel-button {
    display: none;
  }
  .meter {
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: var(--t-xs);
    font-weight: 550;
    color: var(--text-3);
    --on: var(--bad);
  }
  .meter i {
    flex: 1;
    block-size: 4px;
    border-radius: 4px;
    background: var(--line);
    transition: background var(--m-base) var(--ease);
  }
  .meter i.on {
    background: var(--on);
  }
  .meter span {
    margin-inline-start: 0.375rem;
  }
  .meter span:empty {
    display: none;
  }
  .meter.m1 {
    color: var(--bad);
  }
  .meter.m2 {
    --on: var(--warn);
    color: var(--warn);
  }
  .meter.m3,
  .meter.m4 {
    --on: var(--ok);
    color: var(--ok);
  }
  @media (forced-colors: active) {
    .meter i {
      forced-color-adjust: none;
    }
  }
`;
