import { fakeServer, problem, useMessages } from '@modulon/sdk/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Model, Outgoing } from '../../api.js';
import english from '../../locales/en.json' with { type: 'json' };
import { models } from '../../state/models.js';
import { ChatComposer } from './chat-composer.js';

const model = (id: string, available = true): Model => ({
  id,
  name: id,
  provider: { id: 'p', name: 'P' },
  local: true,
  context_window: null,
  capabilities: [],
  alias: null,
  pinned: false,
  available,
  reason: available ? null : 'sim.key_rejected',
});

let composer: ChatComposer;
let sent: Outgoing[];

async function make(conversationId: string | null = 'c1'): Promise<void> {
  composer = new ChatComposer();
  composer.conversationId = conversationId;
  composer.addEventListener('m-send', (event) => sent.push((event as CustomEvent<Outgoing>).detail));
  document.body.append(composer);
  await composer.updateComplete;
}

beforeEach(async () => {
  localStorage.clear();
  sent = [];
  models.set({ items: [model('sim/one'), model('sim/two'), model('sim/gone', false)], error: null });
  await make();
});

afterEach(() => {
  composer.remove();
});

const area = (): HTMLTextAreaElement => composer.shadowRoot?.querySelector('textarea') as HTMLTextAreaElement;
const note = (): string => composer.shadowRoot?.querySelector('.note')?.textContent ?? '';

async function type(text: string): Promise<void> {
  area().value = text;
  area().dispatchEvent(new Event('input'));
  await composer.updateComplete;
}

async function press(key: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const untouched = area().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  await composer.updateComplete;
  return untouched;
}

describe('the composer', () => {
  it('leaves the scripted model when another comes, unless that one was chosen', async () => {
    const scripted: Model = { ...model('any/scripted'), capabilities: ['scripted'] };
    models.set({ items: [scripted], error: null });
    composer.remove();
    await make(null);
    await type('Hello');
    await press('Enter');
    expect(sent.at(-1)?.model).toBe('any/scripted');
    models.set({ items: [model('sim/one'), scripted], error: null });
    composer.remove();
    await make(null);
    expect(composer.modelId).toBe('sim/one');
    composer.shadowRoot?.querySelector('m-chat-models')?.dispatchEvent(new CustomEvent('m-choose', { detail: scripted.id }));
    composer.remove();
    await make('c2');
    expect(composer.modelId).toBe('any/scripted');
  });

  it('sends by Enter, trimmed, and is empty then', async () => {
    await type('  Hello \n');
    await press('Enter');
    expect(sent).toEqual([{ text: 'Hello', model: 'sim/one' }]);
    expect(area().value).toBe('');
  });

  it('sends what was sent before the models were known, once they are', async () => {
    composer.remove();
    models.set({ items: null, error: null });
    await make();
    await type('Hello');
    await press('Enter');
    expect(sent).toEqual([]);
    models.set({ items: [model('sim/one')], error: null });
    await composer.updateComplete;
    expect(sent).toEqual([{ text: 'Hello', model: 'sim/one' }]);
  });

  it('sends what was sent before the conversation was known, once it is, to its model', async () => {
    models.set({ items: [model('sim/one'), model('sim/two')], error: null });
    composer.loading = true;
    await type('Hello');
    await press('Enter');
    expect(sent).toEqual([]);
    composer.model = 'sim/two';
    composer.loading = false;
    await composer.updateComplete;
    expect(sent).toEqual([{ text: 'Hello', model: 'sim/two' }]);
  });

  it('begins a line by Shift+Enter', async () => {
    await type('Hello');
    expect(await press('Enter', { shiftKey: true })).toBe(true);
    expect(sent).toEqual([]);
  });

  it('leaves Enter to an input method', async () => {
    await type('にほん');
    await press('Enter', { isComposing: true });
    area().dispatchEvent(new CompositionEvent('compositionend'));
    await press('Enter');
    expect(sent).toEqual([]);
  });

  it('sends nothing that is empty, and nothing while an answer is being written', async () => {
    await type(' \n ');
    await press('Enter');
    composer.writing = true;
    await type('Later');
    await press('Enter');
    expect(sent).toEqual([]);
    expect(area().value).toBe('Later');
    expect(note()).not.toBe('');
  });

  it('keeps what is written and the model for each conversation', async () => {
    await type('A draft');
    composer.shadowRoot?.querySelector('m-chat-models')?.dispatchEvent(new CustomEvent('m-choose', { detail: 'sim/two' }));
    composer.conversationId = 'c2';
    await composer.updateComplete;
    expect(area().value).toBe('');
    composer.remove();
    await make('c1');
    expect(area().value).toBe('A draft');
    expect(composer.modelId).toBe('sim/two');
  });

  it('goes on with the conversation’s model, else with the one used last', async () => {
    composer.model = 'sim/two';
    await composer.updateComplete;
    expect(composer.modelId).toBe('sim/two');
    await type('x');
    await press('Enter');
    composer.remove();
    await make(null);
    expect(composer.modelId).toBe('sim/two');
  });

  it('does not choose a model that cannot be used, but says why one that was chosen cannot', async () => {
    composer.model = 'sim/gone';
    await composer.updateComplete;
    expect(composer.modelId).toBe('sim/one');
    composer.shadowRoot?.querySelector('m-chat-models')?.dispatchEvent(new CustomEvent('m-choose', { detail: 'sim/gone' }));
    await composer.updateComplete;
    expect(note()).not.toBe('');
    expect(note()).not.toContain('sim.key_rejected');
  });

  it('stops once', async () => {
    let stops = 0;
    composer.addEventListener('m-stop', () => (stops += 1));
    composer.writing = true;
    await composer.updateComplete;
    composer.shadowRoot?.querySelector<HTMLElement>('.stop')?.click();
    composer.stopping = true;
    await composer.updateComplete;
    composer.shadowRoot?.querySelector<HTMLElement>('.stop')?.click();
    expect(stops).toBe(1);
  });

  it('puts back what was on its way, before what was written since', async () => {
    await type('second');
    composer.restore('first');
    await composer.updateComplete;
    expect(area().value).toBe('first\n\nsecond');
  });
});

describe('a model that is gone', () => {
  /** What the server lists when it is asked again. */
  let listed: Model[] | (() => Response);
  let asked: () => number;
  let restore = (): void => undefined;

  const refused = (): Response => problem(503, 'unavailable');
  const choose = (id: string): unknown =>
    composer.shadowRoot?.querySelector('m-chat-models')?.dispatchEvent(new CustomEvent('m-choose', { detail: id }));
  async function goOnWith(id: string): Promise<void> {
    composer.model = id;
    await composer.updateComplete;
  }

  beforeEach(() => {
    useMessages('chat', { composer: english.composer });
    listed = [model('sim/one'), model('sim/two')];
    models.set({ items: listed, error: null });
    const server = fakeServer({ 'GET /models': () => (Array.isArray(listed) ? { items: listed, next: null } : listed()) });
    asked = () => server.requests.length;
    restore = server.restore;
  });

  afterEach(() => {
    restore();
    useMessages('chat', { composer: Object.fromEntries(Object.keys(english.composer).map((key) => [key, `chat.composer.${key}`])) });
  });

  it('is named, as text, with the one that answers instead', async () => {
    await goOnWith('old/<b>four</b>');
    await vi.waitFor(() => { expect(note()).toBe('<b>four</b> is no longer available; the next answer comes from sim/one.'); });
    expect(composer.shadowRoot?.querySelector('.note')?.getAttribute('role')).toBe('status');
    expect(composer.modelId).toBe('sim/one');
    expect(asked()).toBe(1);
  });

  it('is not spoken of any more when another is chosen, or answers', async () => {
    await goOnWith('old/four');
    await vi.waitFor(() => { expect(note()).toContain('four'); });
    await goOnWith('sim/two');
    expect(note()).toBe('');
    await goOnWith('old/four');
    await vi.waitFor(() => { expect(note()).toContain('four'); });
    choose('sim/two');
    await composer.updateComplete;
    expect(note()).toBe('');
  });

  it('is not spoken of any more when it comes back', async () => {
    await goOnWith('old/four');
    await vi.waitFor(() => { expect(note()).toContain('four'); });
    models.set({ items: [...models.value.items ?? [], model('old/four')], error: null });
    await composer.updateComplete;
    expect(note()).toBe('');
    expect(composer.modelId).toBe('old/four');
  });

  it('is not said to be gone by a list from before it came', async () => {
    listed = [model('sim/one'), model('new/five')];
    await goOnWith('new/five');
    expect(composer.modelId).toBe('');
    expect(note()).toBe('');
    await vi.waitFor(() => { expect(composer.modelId).toBe('new/five'); });
    expect(note()).toBe('');
  });

  it('is not said to be gone when the list could not be loaded; the server has the word then', async () => {
    listed = refused;
    await goOnWith('old/four');
    await vi.waitFor(() => { expect(composer.modelId).toBe('old/four'); });
    expect(note()).toBe('');
    models.set({ items: null, error: new Error('offline') });
    await composer.updateComplete;
    expect([composer.modelId, note()]).toEqual(['old/four', '']);
    models.set({ items: [model('sim/one')], error: null });
    await vi.waitFor(() => { expect(note()).toContain('four is no longer available'); });
  });

  it('is told apart from another provider’s of the same name', async () => {
    listed = [{ ...model('sim/one'), name: 'one' }];
    models.set({ items: listed, error: null });
    await goOnWith('old/one');
    await vi.waitFor(() => { expect(note()).toBe('old/one is no longer available; the next answer comes from sim/one.'); });
  });

  it('may have been the last one', async () => {
    listed = [];
    models.set({ items: [], error: null });
    await goOnWith('old/four');
    await vi.waitFor(() => { expect(note()).toBe('four is no longer available, and there is no other model to answer.'); });
    await type('Hello');
    await press('Enter');
    expect(sent).toEqual([]);
  });

  it('is told apart from one that is out of order for the moment', async () => {
    models.set({ items: [model('sim/one'), model('sim/gone', false)], error: null });
    await goOnWith('sim/gone');
    expect(note()).toBe('sim/gone cannot be used just now; the next answer comes from sim/one.');
    models.set({ items: [model('sim/one', false), model('sim/gone', false)], error: null });
    await composer.updateComplete;
    expect(note()).toBe('sim/gone cannot be used just now, and neither can any other model.');
    expect(asked()).toBe(0);
  });

  it('may have been chosen for the message that is being written', async () => {
    choose('old/four');
    await vi.waitFor(() => { expect(note()).toContain('four is no longer available'); });
    await type('Hello');
    await press('Enter');
    expect(sent).toEqual([{ text: 'Hello', model: 'sim/one' }]);
    await goOnWith('sim/one');
    expect(note()).toBe('');
  });

  it('sends nothing to another one by an Enter from before it was known', async () => {
    composer.loading = true;
    await type('Hello');
    await press('Enter');
    composer.loading = false;
    await goOnWith('old/four');
    await vi.waitFor(() => { expect(note()).toContain('four is no longer available'); });
    await composer.updateComplete;
    expect(sent).toEqual([]);
    await press('Enter');
    expect(sent).toEqual([{ text: 'Hello', model: 'sim/one' }]);
  });
});
