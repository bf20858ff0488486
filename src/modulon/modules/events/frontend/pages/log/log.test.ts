import { question } from '@modulon/sdk';
import { expectAccessible, fakeServer, inside, mount, problem, settled, useMessages } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { consumer, event, letter } from '../../events.fixture.js';
import en from '../../locales/en.json';
import './log.js';

const some = { items: [event(9, { actor: 'a', actor_name: 'Ann' }), event(8), event(7)], next: null, end: '0.9' };
const quiet = {
  'GET /events/types': { items: ['chat.conversation_deleted', 'core.module_switched'], next: null },
  'GET /events/consumers': { items: [consumer], next: null },
  'GET /events/letters': { items: [letter], next: null },
  'GET /events/waiting': { items: [], next: null },
};

let restore = (): void => undefined;

async function open(routes: Parameters<typeof fakeServer>[0]): Promise<{ page: HTMLElement; requests: { route: string; body: unknown }[] }> {
  const server = fakeServer({ ...quiet, ...routes });
  restore = server.restore;
  const page = await mount(html`<m-events-page style="block-size: 700px"></m-events-page>`);
  await vi.waitFor(() => {
    expect(page.shadowRoot?.querySelector('.log k-skeleton')).toBeNull();
  });
  await vi.waitFor(() => {
    expect(deliveries(page).querySelector('table')).not.toBeNull();
  });
  await settled();
  return { page, requests: server.requests };
}

function deliveries(page: HTMLElement): ShadowRoot {
  const root = inside<HTMLElement>(page, 'm-events-deliveries').shadowRoot;
  if (!root) throw new Error('it is not there');
  return root;
}

beforeAll(() => {
  useMessages('events', en);
});

describe('the event log', () => {
  afterEach(() => {
    restore();
    question.value?.answer(false);
  });

  it('is a list, newest first, with who acted', async () => {
    const { page } = await open({ 'GET /events': some });
    const rows = [...(page.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent.replaceAll(/\s+/g, ' '));
    expect(rows[0]).toMatch(/9 .*chat\.conversation_deleted ?k9.*Ann/);
    expect(rows[1]).toMatch(/8 .*the system/);
    await expectAccessible();
  });

  it('shows one with its payload, and the focus goes there and back', async () => {
    const { page } = await open({ 'GET /events': some });
    const row = inside<HTMLElement>(page, '.open');
    row.focus();
    await userEvent.keyboard('{Enter}');
    await settled();
    const one = inside<HTMLElement>(page, 'm-events-event');
    expect(inside(one, 'pre').textContent).toContain('"number": 9');
    expect(one.shadowRoot?.activeElement?.className).toBe('close');
    await expectAccessible();
    await userEvent.keyboard('{Escape}');
    await settled();
    expect(page.shadowRoot?.querySelector('m-events-event')).toBeNull();
    expect(page.shadowRoot?.activeElement).toBe(row);
  });

  it('follows, and holds back what is new while one is looked at', async () => {
    let later = { items: [] as object[], next: null, end: '0.9' };
    let first = true;
    const { page } = await open({
      'GET /events': () => {
        if (!first) return later;
        first = false;
        return some;
      },
    });
    inside<HTMLElement>(page, '.open').click();
    later = { items: [event(11), event(10)], next: null, end: '0.11' };
    await vi.waitFor(() => {
      expect(inside(page, '.new').textContent).toBe('2 new events');
    }, 5000);
    later = { items: [], next: null, end: '0.11' };
    inside<HTMLElement>(page, '.new').click();
    await settled();
    expect(inside(page, 'tbody tr').textContent).toContain('11');
  });

  it('with nothing that fits says so', async () => {
    const { page } = await open({ 'GET /events': { items: [], next: null, end: '0.0' } });
    expect(inside(page, 'k-empty-state').getAttribute('heading')).toBe('No events');
    await expectAccessible();
  });

  it('that could not be loaded can be loaded again', async () => {
    let answer: object = problem(500, 'internal');
    const { page } = await open({ 'GET /events': () => answer });
    answer = some;
    inside<HTMLElement>(page, '.log k-banner k-button').click();
    await vi.waitFor(() => {
      expect(inside(page, 'tbody').textContent).toContain('k9');
    });
  });
});

describe('dead letters', () => {
  afterEach(() => {
    restore();
    question.value?.answer(false);
  });

  it('are retried at once and discarded only after a question', async () => {
    const { page, requests } = await open({ 'GET /events': some, 'POST /events/letters/retry': { count: 1 }, 'POST /events/letters/discard': { count: 1 } });
    const root = deliveries(page);
    expect(root.querySelector('li')?.textContent).toContain('ValueError: cannot bear it');
    const posts = (): string[] => requests.filter((one) => one.route.startsWith('POST')).map((one) => one.route);
    root.querySelector<HTMLElement>('li k-icon-button')?.click();
    await settled();
    expect(question.value?.text).toContain('cannot be undone');
    question.value?.answer(false);
    await settled();
    expect(posts()).toEqual([]);
    root.querySelector<HTMLElement>('li k-button[icon="rotate-ccw"]')?.click();
    await vi.waitFor(() => {
      expect(posts()).toEqual(['POST /events/letters/retry']);
    });
    expect(requests.find((one) => one.route.startsWith('POST'))?.body).toEqual({ consumer: 'chat.forget', seq: 7 });
  });

  it('a replay says how many events it is before it is made', async () => {
    const plan = { consumer: 'chat.forget', first: 9, last: 9, events: 31 };
    const { page, requests } = await open({
      'GET /events': some, 'GET /events/consumers/*/replay': plan, 'POST /events/consumers/*/replay': plan,
    });
    deliveries(page).querySelector<HTMLElement>('td k-button')?.click();
    const dialog = deliveries(page).querySelector<HTMLElement>('m-events-replay');
    if (!dialog) throw new Error('it is not there');
    await vi.waitFor(() => {
      expect(inside(dialog, '.plan').textContent).toBe('31 events are delivered again.');
    });
    await expectAccessible();
    inside<HTMLElement>(dialog, 'k-button[variant="primary"]').click();
    await vi.waitFor(() => {
      expect(requests.at(-1)?.route).not.toBe('GET /events/consumers/chat.forget/replay');
    });
    expect(requests.find((one) => one.route.startsWith('POST'))).toEqual({ route: 'POST /events/consumers/chat.forget/replay', body: { seq: 9 } });
  });
});
