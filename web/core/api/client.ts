import { storage } from '../storage.js';
import { ApiError, offlineError, problemOf } from './problem.js';
import { refreshSession } from './refresh.js';

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface RequestOptions {
  query?: Query;
  signal?: AbortSignal | undefined;
  /** Makes a repeated POST create one thing only. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

/** What to do when nobody is signed in any more; the shell sets it. */
let lost: () => void = () => undefined;

export function onSessionLost(handler: () => void): void {
  lost = handler;
}

const PUBLIC = /^\/(setup|sessions|resets|invitations\/(lookup|accept))$/;

function address(path: string, query: Query = {}): string {
  const url = new URL(`/api${path}`, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

function headersOf(options: RequestOptions, hasBody: boolean): Headers {
  const headers = new Headers(options.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  if (hasBody) headers.set('content-type', 'application/json');
  if (options.idempotencyKey) headers.set('idempotency-key', options.idempotencyKey);
  const workspace = storage.get('workspace');
  if (workspace) headers.set('modulon-workspace', workspace);
  return headers;
}

async function once(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw offlineError();
  }
}

/**
 * Sends a request to this server's API and returns the successful answer. Renews the session once if it ran out;
 * throws `ApiError`, or the signal's reason if it was aborted.
 */
export async function send(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Response> {
  const url = address(path, options.query);
  const init: RequestInit = { method, credentials: 'same-origin', headers: headersOf(options, body !== undefined) };
  if (options.signal) init.signal = options.signal;
  if (body !== undefined) init.body = JSON.stringify(body);

  const started = Date.now();
  let response = await once(url, init);
  if (response.status === 401 && !(method === 'POST' && PUBLIC.test(path))) {
    if (await renewed(started)) response = await once(url, init);
    if (response.status === 401) lost();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function renewed(since: number): Promise<boolean> {
  return refreshSession(since).catch(() => {
    throw offlineError();
  });
}

async function json<T>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<T> {
  const response = await send(method, path, body, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** A page of a list: `next` is the cursor of what follows. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** The API of this server. Paths start after `/api`; the caller names the type the server promises. */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => json<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) => json<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: RequestOptions) => json<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: RequestOptions) => json<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options?: RequestOptions) => json<T>('DELETE', path, undefined, options),
};

export { ApiError };
