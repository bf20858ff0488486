import { fakeServer } from '@modulon/sdk/testing';
import { afterEach, expect, it } from 'vitest';

import { searchDocumentation } from './search.js';

const hit = { page: 'guide/keyboard', anchor: 'the-palette', title: 'The palette', trail: ['Keyboard'], snippet: '... Ctrl K opens it ...' };
const { signal } = new AbortController();
let restore = (): void => undefined;

afterEach(() => { restore(); });

it('finds a handful of passages for the palette, and opens the one chosen where it stands', async () => {
  restore = fakeServer({ 'GET /help/search': { items: Array.from({ length: 20 }, () => hit) } }).restore;
  const { results } = await searchDocumentation(' palette ', signal);
  expect(results).toHaveLength(5);
  expect(results[0]).toMatchObject({ id: 'guide/keyboard#the-palette', title: 'The palette', detail: 'Keyboard › ... Ctrl K opens it ...' });
  results[0]?.open();
  expect(location.pathname + location.hash).toBe('/help/guide/keyboard#the-palette');
});

it('asks nothing for nothing', async () => {
  const server = fakeServer({});
  restore = server.restore;
  expect(await searchDocumentation('  ', signal)).toEqual({ results: [] });
});
