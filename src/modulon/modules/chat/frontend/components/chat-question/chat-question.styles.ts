import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: end;
    gap: var(--s1);
  }
  :host([found]) {
    border-radius: var(--r-md);
    background: var(--accent-soft);
    box-shadow: 0 0 0 0.625rem var(--accent-soft);
  }
  .bubble {
    max-inline-size: 85%;
    padding: 0.625rem var(--s4);
    border-radius: var(--r-xl) var(--r-xl) var(--r-sm) var(--r-xl);
    background: var(--bubble);
    font-size: var(--t-body);
    line-height: 1.55;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  :host(:dir(rtl)) .bubble {
    border-radius: var(--r-xl) var(--r-xl) var(--r-xl) var(--r-sm);
  }
  .bubble.folded {
    max-block-size: 18rem;
    overflow: hidden;
    mask-image: linear-gradient(to bottom, black 14rem, transparent);
  }
  .waiting {
    opacity: 0.75;
  }
  m-chat-actions {
    opacity: 0;
  }
  :host(:hover) m-chat-actions,
  m-chat-actions:focus-within,
  m-chat-actions.kept {
    opacity: 1;
  }
  /* in the space between the rows, so that nothing moves when it appears */
  @media (hover: hover) {
    m-chat-actions {
      position: absolute;
      inset-block-start: 100%;
      inset-inline-end: 0;
      z-index: 1;
    }
  }
  @media (hover: none) {
    m-chat-actions {
      opacity: 1;
      margin-block: calc(-1 * var(--s1)) calc(-1 * var(--s3));
    }
  }
  .state {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--s1) var(--s2);
    font-size: var(--t-sm);
    color: var(--text-2);
  }
  .state.bad {
    color: var(--bad);
  }
  form {
    inline-size: 100%;
    padding: 0.75rem var(--s4);
    border-radius: var(--r-xl);
    background: var(--bubble);
  }
  textarea {
    display: block;
    inline-size: 100%;
    max-block-size: 60dvh;
    padding: 0;
    border: 0;
    outline: 0;
    resize: none;
    field-sizing: content;
    background: none;
    font-size: var(--t-body);
    line-height: 1.55;
    color: var(--text);
  }
  form:has(textarea:focus) {
    box-shadow: inset 0 0 0 2px var(--accent);
  }
  textarea:focus-visible {
    outline: 0;
  }
  .buttons {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--s2);
    margin-block-start: var(--s2);
  }
  .buttons p {
    flex: 1;
    font-size: var(--t-xs);
    color: var(--text-2);
  }
  @media (max-width: 760px) {
    .bubble {
      max-inline-size: 92%;
    }
  }
`;
