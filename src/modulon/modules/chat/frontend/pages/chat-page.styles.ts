import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr) auto;
    min-block-size: 0;
    min-inline-size: 0;
    block-size: 100%;
    --list-pad-inline: var(--s8);
    --list-pad-start: var(--s2);
    --list-pad-end: var(--s10);
    --list-gap: var(--s5);
  }
  :host([fresh]) {
    grid-template-rows: auto minmax(0, 1fr) auto minmax(0, 1.4fr);
  }
  m-chat-welcome {
    align-self: end;
    padding: 0 var(--s8) var(--s6);
  }
  .middle {
    min-block-size: 0;
    overflow: auto;
    display: grid;
    align-content: center;
  }
  .middle k-skeleton {
    inline-size: 100%;
    max-inline-size: var(--measure);
    margin-inline: auto;
    padding-inline: var(--s8);
  }
  .dock {
    position: relative;
    padding: 0 var(--s8) var(--s3);
    padding-block-end: calc(var(--s2) + env(safe-area-inset-bottom) + var(--keyboard, 0px));
  }
  :host(:not([fresh])) .dock::before {
    content: '';
    position: absolute;
    inset-inline: 0 10px;
    inset-block-end: 100%;
    block-size: 2.5rem;
    background: linear-gradient(to top, var(--bg), transparent);
    pointer-events: none;
  }
  m-chat-composer {
    max-inline-size: calc(var(--measure) + 1.5rem);
    margin-inline: auto;
  }
  .latest {
    position: absolute;
    inset-block-end: calc(100% + var(--s2));
    inset-inline-start: 50%;
    translate: -50% 0;
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    min-block-size: 2rem;
    padding-inline: 0.75rem;
    border-radius: var(--r-full);
    background: var(--raised);
    box-shadow:
      var(--e2),
      0 0 0 1px var(--line);
    font-size: var(--t-sm);
    font-weight: 500;
    color: var(--text-2);
    white-space: nowrap;
  }
  .latest:dir(rtl) {
    translate: 50% 0;
  }
  .latest:hover {
    color: var(--text);
  }
  @media (max-width: 760px) {
    :host {
      --list-pad-inline: var(--s4);
    }
    .dock {
      padding-inline: var(--s4);
    }
    m-chat-welcome {
      padding-inline: var(--s4);
    }
  }
  @media (pointer: coarse) {
    .latest {
      min-block-size: 2.75rem;
    }
  }
`;
