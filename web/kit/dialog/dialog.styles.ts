import { css } from 'lit';

export const styles = css`
  dialog {
    border: 0;
    padding: 0;
    color: var(--text);
    background: var(--raised);
    border-radius: var(--r-xl);
    box-shadow:
      var(--e3),
      0 0 0 1px var(--line);
    inline-size: min(var(--k-dialog-width, 30rem), calc(100vw - 2rem));
    max-block-size: calc(100dvh - 3rem);
    overflow: hidden;
  }
  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    animation: appear var(--m-base) var(--ease);
  }
  dialog::backdrop {
    background: var(--veil);
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 0.5rem;
    }
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: var(--s2);
    padding: var(--s5) var(--s5) 0;
  }
  header div {
    flex: 1;
    min-inline-size: 0;
  }
  header k-icon-button {
    margin-block: -0.25rem 0;
    margin-inline: 0 -0.375rem;
  }
  h2 {
    font-size: var(--t-lg);
    font-weight: 600;
    letter-spacing: -0.012em;
    line-height: 1.4;
  }
  .text {
    color: var(--text-2);
    line-height: 1.55;
    margin-block-start: 0.25rem;
    text-wrap: pretty;
  }
  .body {
    overflow: auto;
    padding: var(--s4) var(--s5);
  }
  :host([bare]) .body {
    padding-block: var(--s2) 0;
  }
  footer {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--s2);
    padding: var(--s2) var(--s5) var(--s5);
  }
  @media (max-width: 47.5rem) {
    dialog {
      margin: auto 0 0;
      inset-inline: 0;
      inline-size: 100%;
      max-inline-size: none;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    footer {
      padding-block-end: calc(var(--s5) + env(safe-area-inset-bottom));
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;
