import { fakeServer, inside, mount, setWordsSource, useMessages } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, expect, it, vi } from 'vitest';

import { loadModels, models } from '../../state/models.js';
import { ChatModels } from './chat-models.js';

const plain = {
  provider: { id: 'p', name: 'Here' },
  local: true,
  context_window: null,
  capabilities: [],
  alias: null,
  pinned: false,
  available: true,
  reason: null,
};
const items = [
  { ...plain, id: 'p/org/small-7b', name: 'small-7b', alias: 'Everyday' },
  { ...plain, id: 'p/big', name: 'big', pinned: true },
  { ...plain, id: 'p/gone', name: 'gone', alias: 'Old', available: false, reason: 'acme.no_key' },
];
let restore = (): void => undefined;

afterEach(() => {
  restore();
  models.set({ items: null, error: null });
});

it('calls a model by its alias, with what its vendor calls it below, and offers pinned ones first', async () => {
  // The words of another module come with the list that needs them.
  setWordsSource((owner) => {
    useMessages(owner, { errors: { no_key: 'It has no key.' } });
    return Promise.resolve();
  });
  restore = fakeServer({ 'GET /models': { items, next: null } }).restore;
  await loadModels();
  const picker = await mount<ChatModels>(html`<m-chat-models value="p/org/small-7b"></m-chat-models>`);
  expect(inside(picker, '.pick').textContent.trim()).toBe('Everyday');
  picker.value = '';
  picker.show();
  await vi.waitFor(() => {
    expect(picker.shadowRoot?.querySelectorAll('[role=option]')).toHaveLength(3);
  });
  const words = [...(picker.shadowRoot?.querySelectorAll('.words') ?? [])].map((one) => one.textContent.replaceAll(/\s+/g, ' ').trim());
  expect(words[0]).toContain('big');
  expect(words.slice(1)).toEqual(['Everyday Here · org/small-7b', 'Old Here · gone: It has no key.']);
  const groups = [...(picker.shadowRoot?.querySelectorAll('[role=listbox] > [role=group]') ?? [])];
  expect(groups.map((one) => one.getAttribute('aria-label'))).toEqual(['chat.models.pinned', 'chat.models.local']);
});

it('marks the first that fits for Enter, also when the models arrive after the first letters', async () => {
  const answer = Promise.withResolvers<{ items: typeof items; next: null }>();
  restore = fakeServer({ 'GET /models': () => answer.promise }).restore;
  const picker = await mount<ChatModels>(html`<m-chat-models></m-chat-models>`);
  const chosen = new Promise<string>((resolve) => {
    picker.addEventListener('m-choose', (event) => { resolve((event as CustomEvent<string>).detail); });
  });
  picker.show();
  await picker.updateComplete;
  const search = inside<HTMLInputElement>(picker, 'input');
  search.value = 'small';
  search.dispatchEvent(new Event('input'));
  await picker.updateComplete;
  expect(inside(picker, '[role=status]').textContent).toBe('chat.models.loading');
  answer.resolve({ items, next: null });
  await vi.waitFor(() => {
    expect(picker.shadowRoot?.querySelectorAll('.option.active')).toHaveLength(1);
  });
  search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  expect(await chosen).toBe('p/org/small-7b');
});
