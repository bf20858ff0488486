/** `@modulon/sdk/testing`: what tests of elements need, here and in modules. */
import { vi } from 'vitest';

import { addMessages, type Messages } from '../core/i18n/index.js';

export { setLocale, setWordsSource } from '../core/i18n/catalogue.js';
export { expectAccessible, inside, mount, next, settled } from './mount.js';

/** Gives a module its messages, as the shell does when it loads it. */
export function useMessages(module: string, messages: Messages): void {
  addMessages(module, messages);
}

export interface FakeRequest {
  /** `POST /keys`: the method and the path after `/api`. */
  route: string;
  body: unknown;
}

type Respond = (request: FakeRequest) => object | null;
type Answer = object | null;

/** An answer that is no success, as the server writes it. */
export function problem(status: number, code: string, detail = 'It did not work.', more: object = {}): Response {
  const body = { type: 'about:blank', title: code, status, code, detail, ...more };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}

/**
 * Answers the page's requests from a table of routes, where `*` stands for one segment; `null` is an empty answer, any
 * other route is not found. Tells what was asked; `restore()` gives the network back.
 */
export function fakeServer(routes: Record<string, Answer | Respond>): { requests: FakeRequest[]; restore: () => void } {
  const requests: FakeRequest[] = [];
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const path = new URL(input as string, location.origin).pathname.replace(/^\/api/, '');
    const request = { route: `${init?.method ?? 'GET'} ${path}`, body: bodyOf(init) };
    requests.push(request);
    const answer = Object.entries(routes).find(([pattern]) => fits(pattern, request.route))?.[1];
    const given = typeof answer === 'function' ? (answer as Respond)(request) : answer;
    return Promise.resolve(given === undefined ? problem(404, 'not_found') : responseOf(given));
  });
  return {
    requests,
    restore: () => {
      spy.mockRestore();
    },
  };
}

function bodyOf(init: RequestInit | undefined): unknown {
  return typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
}

function fits(pattern: string, route: string): boolean {
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+');
  return new RegExp(`^${source}$`).test(route);
}

function responseOf(given: object | null): Response {
  if (given instanceof Response) return given;
  if (given === null) return new Response(null, { status: 204 });
  return new Response(JSON.stringify(given), { headers: { 'content-type': 'application/json' } });
}
