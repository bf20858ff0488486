import { html } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import { expectAccessible, fakeServer, mount, settled, useMessages } from '@modulon/sdk/testing';

import type { Conversation } from '../../api.js';
import en from '../../locales/en.json';
import { folders, setFolderOpen } from '../../state/folders.js';
import { selection } from '../../state/selection.js';
import type { ChatEntry } from '../chat-entry/chat-entry.js';
import './chat-list.js';

useMessages('chat', en);

function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  const at = new Date().toISOString();
  return {
    id, title: `Title ${id}`, model: '', active_message_id: null, active_run_id: null, created_at: at, updated_at: at,
    title_by: 'words', folder_id: null, pinned: false, archived: false, deleted_at: null, ...more,
  };
}

const folder = { id: 'f', name: 'Legal', created_at: '', updated_at: '' };
const loose = ['1', '2', '3', '4'].map((id) => conversation(id));
const all = [conversation('p', { pinned: true }), conversation('i', { folder_id: 'f' }), ...loose];
let server: ReturnType<typeof fakeServer>;

beforeEach(() => {
  server = fakeServer({
    'GET /conversations': { items: all, next: null },
    'GET /folders': { items: [folder], next: null },
    'POST /conversations/bulk': ({ body }) => {
      const { ids } = body as { ids: string[] };
      return { items: ids.map((id) => ({ id, status: 200, error: null })) };
    },
  });
});

afterEach(() => {
  server.restore();
  selection.clear();
  setFolderOpen('f', false);
  folders.set([]);
});

async function list(): Promise<HTMLElement> {
  const element = await mount(html`<m-chat-list></m-chat-list>`);
  await expect.poll(() => shown(element)).toEqual(['p', '4', '3', '2', '1']);
  await settled();
  return element;
}

const entries = (element: HTMLElement): ChatEntry[] => [...(element.shadowRoot?.querySelectorAll<ChatEntry>('m-chat-entry') ?? [])];
const shown = (element: HTMLElement): string[] => entries(element).map((one) => one.conversation.id);
const link = (entry: ChatEntry | undefined): HTMLElement => entry?.shadowRoot?.querySelector('a') as HTMLElement;

test('pinned ones come first, then folders, then days', async () => {
  const element = await list();
  const head = element.shadowRoot?.querySelector('m-chat-folder')?.shadowRoot?.querySelector<HTMLElement>('.head');
  head?.click();
  await expect.poll(() => shown(element)).toEqual(['p', 'i', '4', '3', '2', '1']);
  await expectAccessible();
});

test('a range is chosen by keyboard and deleted together', async () => {
  const element = await list();
  link(entries(element)[1]).focus();
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect([...selection.state.value].sort()).toEqual(['2', '3', '4']);
  await userEvent.keyboard('{Delete}');
  const asked = (): unknown => server.requests.find(({ route }) => route === 'POST /conversations/bulk')?.body;
  await expect.poll(asked).toMatchObject({ action: 'delete', ids: ['4', '3', '2'] });
  expect(selection.state.value.size).toBe(0);
});

test('Escape leaves nothing chosen', async () => {
  const element = await list();
  link(entries(element)[2]).focus();
  await userEvent.keyboard(' ');
  expect(selection.state.value.size).toBe(1);
  await userEvent.keyboard('{Escape}');
  expect(selection.state.value.size).toBe(0);
});
