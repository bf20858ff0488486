import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Model, Outgoing } from '../../api.js';
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
  reason: available ? null : 'it rejects its key',
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
