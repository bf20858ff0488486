import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    gap: var(--s4);
    grid-template-columns: minmax(0, 1fr);
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 0.375rem;
  }
  legend {
    padding: 0;
    font-size: var(--t-sm);
    font-weight: 550;
    margin-block-end: 0.375rem;
  }
  .made {
    display: flex;
    align-items: center;
    gap: var(--s3);
    padding: var(--s3) var(--s4);
    border-radius: var(--r-lg);
    background: var(--surface);
    box-shadow:
      inset 0 0 0 1px var(--warn),
      var(--e1);
  }
  .sign {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2rem;
    block-size: 2rem;
    border-radius: var(--r-md);
    background: var(--warn-soft);
    color: var(--warn);
  }
  code {
    flex: 1;
    font-size: var(--t-sm);
    line-height: 1.6;
    overflow-wrap: anywhere;
    user-select: all;
  }
`;
