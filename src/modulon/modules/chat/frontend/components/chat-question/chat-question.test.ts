import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { unsentRow, type Row } from '../../state/rows.js';
import type { Act } from '../acts.js';
import { ChatQuestion } from './chat-question.js';

const written = (text: string, siblings = ['m']): Row => ({
  message: {
    id: 'm', conversation_id: 'c', parent_id: null, role: 'user', status: 'complete', model: '', run_id: null,
    created_at: '2026-01-01T00:00:00.000000Z', parts: [{ type: 'text', index: 0, text }], siblings, usage: null,
  },
});

let question: ChatQuestion;
let acts: Act[];

beforeEach(() => {
  acts = [];
  question = new ChatQuestion();
  question.addEventListener('m-act', (event) => acts.push((event as CustomEvent<Act>).detail));
});

afterEach(() => {
  question.remove();
});

async function show(row: Row): Promise<ShadowRoot> {
  question.row = row;
  if (!question.isConnected) document.body.append(question);
  await question.updateComplete;
  return question.shadowRoot as ShadowRoot;
}

async function edit(text: string): Promise<HTMLTextAreaElement> {
  question.shadowRoot?.querySelector('m-chat-actions')?.dispatchEvent(new CustomEvent('m-edit'));
  await question.updateComplete;
  const area = question.shadowRoot?.querySelector('textarea') as HTMLTextAreaElement;
  area.value = text;
  return area;
}

const key = (name: string): KeyboardEvent => new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });

describe('what a person wrote', () => {
  it('is shown as it was written, not as Markdown or HTML', async () => {
    const root = await show(written('**a** <img src=x>\n  b'));
    expect(root.querySelector('.bubble')?.textContent).toBe('**a** <img src=x>\n  b');
    expect(root.querySelector('img')).toBeNull();
  });

  it('becomes a branch when it is edited', async () => {
    await show(written('one'));
    const area = await edit(' two ');
    area.dispatchEvent(key('Enter'));
    expect(acts).toMatchObject([{ act: 'edit', text: 'two', message: { id: 'm' } }]);
  });

  it('stays when editing is left by Escape', async () => {
    const root = await show(written('one'));
    (await edit('two')).dispatchEvent(key('Escape'));
    await question.updateComplete;
    expect(acts).toEqual([]);
    expect(root.querySelector('.bubble')?.textContent).toBe('one');
  });

  it('says that it waits, or why it was not sent', async () => {
    const unsent = { key: 'k', parentId: null, text: 'x', model: 'm' } as const;
    const root = await show(unsentRow({ ...unsent, state: 'waiting' }, 'c'));
    expect(root.querySelector('[role=status]')).not.toBeNull();
    await show(unsentRow({ ...unsent, state: 'failed', error: new Error('no') }, 'c'));
    root.querySelectorAll('k-button').forEach((button) => { button.click(); });
    expect(acts.map(({ act }) => act)).toEqual(['send-again', 'withdraw']);
  });
});
