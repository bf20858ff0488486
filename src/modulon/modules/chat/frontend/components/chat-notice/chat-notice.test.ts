import { afterEach, describe, expect, it } from 'vitest';

import { useMessages } from '@modulon/sdk/testing';

import type { Message, MessageStatus, Part } from '../../api.js';
import type { Act } from '../acts.js';
import { ChatNotice } from './chat-notice.js';

const error = (code: string, detail: string): Part => ({ type: 'error', index: 0, code, detail });

function message(status: MessageStatus, ...parts: Part[]): Message {
  return {
    id: 'm', conversation_id: 'c', parent_id: 'q', role: 'assistant', status, model: 'sim/one', run_id: 'r',
    created_at: '2026-01-01T00:00:00.000000Z', parts, siblings: ['m'], usage: null,
  };
}

let notice: ChatNotice;

async function show(about: Message): Promise<string> {
  notice = new ChatNotice();
  notice.message = about;
  document.body.append(notice);
  await notice.updateComplete;
  return notice.shadowRoot?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

function click(): Promise<Act> {
  return new Promise((resolve) => {
    notice.addEventListener('m-act', (event) => { resolve((event as CustomEvent<Act>).detail); });
    notice.shadowRoot?.querySelector('k-button')?.click();
  });
}

afterEach(() => {
  notice.remove();
});

describe('the end of an answer', () => {
  it('needs no words when it is complete', async () => {
    expect(await show(message('complete'))).toBe('');
  });

  it('says first what happened, then what is safe, and offers to continue', async () => {
    await show(message('interrupted', error('x.y', 'It broke off. All text is kept.')));
    expect(notice.shadowRoot?.querySelector('b')?.textContent).toBe('It broke off.');
    expect(notice.shadowRoot?.querySelector('small')?.textContent).toBe('All text is kept.');
    expect(await click()).toMatchObject({ act: 'continue', message: { id: 'm' } });
  });

  it('offers to try again when there is no answer at all', async () => {
    await show(message('failed', error('x.y', 'It failed.')));
    expect(await click()).toMatchObject({ act: 'regenerate' });
  });

  it('offers to go on after a length limit', async () => {
    await show(message('limited'));
    expect(await click()).toMatchObject({ act: 'continue' });
  });

  it('is one quiet line when one stopped it', async () => {
    expect(await show(message('cancelled'))).not.toBe('');
    expect(notice.shadowRoot?.querySelector('k-button')).toBeNull();
  });

  it('is said in the words for its code, whoever ended it', async () => {
    useMessages('x', { errors: { y: 'Es brach ab. Der Text bleibt.' } });
    expect(await show(message('cancelled', error('x.y', 'It broke off.')))).toBe('Es brach ab. Der Text bleibt.');
    await show(message('interrupted', error('x.y', 'It broke off.')));
    expect(notice.shadowRoot?.querySelector('b')?.textContent).toBe('Es brach ab.');
  });
});
