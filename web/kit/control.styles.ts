import { css } from 'lit';

/** A text box, a select: the same edge, focus and error. */
export const control = css`
  .in {
    inline-size: 100%;
    block-size: var(--input);
    padding-inline: 0.75rem;
    border: 0;
    border-radius: var(--r-md);
    background: var(--surface);
    box-shadow: inset 0 0 0 1px var(--line-strong);
    color: var(--text);
  }
  .in::placeholder {
    unicode-bidi: plaintext;
    color: var(--text-3);
    opacity: 1;
  }
  .in:focus-visible {
    outline-offset: -1px;
  }
  .in[aria-invalid='true'] {
    box-shadow: inset 0 0 0 1.5px var(--bad);
  }
  .in:disabled {
    background: var(--sunken);
    color: var(--text-3);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .label {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--s2);
    font-size: var(--t-sm);
  }
  .label label {
    font-weight: 550;
  }
  .label small {
    color: var(--text-3);
    font-size: var(--t-xs);
  }
  .hint {
    color: var(--text-3);
    font-size: var(--t-xs);
    line-height: 1.45;
  }
  .error {
    display: flex;
    gap: 0.375rem;
    align-items: flex-start;
    color: var(--bad);
    font-size: var(--t-xs);
    line-height: 1.45;
    font-weight: 500;
  }
  .error svg {
    margin-block-start: 0.125rem;
  }
  @media (pointer: coarse) {
    .in {
      font-size: 1rem; /* smaller, and a phone zooms in */
    }
  }
  @media (forced-colors: active) {
    .in {
      border: 1px solid FieldText;
    }
  }
`;
