import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  form {
    background: var(--surface);
    border-radius: var(--r-xl);
    box-shadow:
      inset 0 0 0 1px var(--line),
      var(--e2);
    padding: 0.75rem 0.75rem 0.625rem;
    cursor: text;
  }
  form:focus-within {
    box-shadow:
      inset 0 0 0 1.5px color-mix(in oklab, var(--accent) 72%, var(--line)),
      var(--e2);
  }
  textarea:focus-visible {
    outline: 0; /* the whole box shows the focus */
  }
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 1.75rem;
    max-block-size: min(40dvh, 22rem);
    padding: 0.125rem 0.5rem;
    margin-block-end: 0.625rem;
    border: 0;
    outline: 0;
    resize: none;
    overflow: auto;
    field-sizing: content;
    background: none;
    font-size: var(--t-body);
    line-height: 1.5;
    color: var(--text);
    caret-color: var(--accent);
  }
  textarea::placeholder {
    color: var(--text-3);
    opacity: 1;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--s1);
    cursor: default;
  }
  .space {
    flex: 1;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
  }
  .send:hover {
    background: var(--accent-hi);
  }
  .send[aria-disabled='true'] {
    background: var(--active);
    color: var(--text-3);
    cursor: default;
  }
  .stop svg {
    fill: currentColor;
    stroke: none;
    inline-size: 0.875rem;
    block-size: 0.875rem;
  }
  .foot {
    display: flex;
    justify-content: center;
    flex-wrap: wrap;
    gap: 0 var(--s4);
    min-block-size: 1.25rem;
    margin-block-start: var(--s2);
    font-size: var(--t-xs);
    line-height: 1.25rem;
    color: var(--text-3);
  }
  .note {
    color: var(--text-2);
    text-align: center;
  }
  .foot .keys {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
  }
  @media (pointer: coarse) {
    .send {
      inline-size: 2.75rem;
      block-size: 2.75rem;
    }
    .foot .keys {
      display: none;
    }
    .foot:not(:has(.note)) {
      display: none;
    }
  }
  @media (max-width: 760px) {
    .foot .keys {
      display: none;
    }
    .foot:not(:has(.note)) {
      display: none;
    }
  }
  @media (forced-colors: active) {
    form {
      border: 1px solid CanvasText;
    }
  }
`;
