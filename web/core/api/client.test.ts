import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { storage } from '../storage.js';
import { api, onSessionLost } from './client.js';
import { ApiError } from './problem.js';

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const REFRESH = '/api/sessions/refresh';
const pathOf = (input: unknown): string => new URL(String(input), location.origin).pathname;

describe('the API client', () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const lost = vi.fn();

  beforeEach(() => {
    storage.remove('refreshed');
    onSessionLost(lost);
  });

  afterEach(() => {
    fetched.mockReset();
    lost.mockReset();
    storage.remove('workspace');
  });

  const calls = (): string[] => fetched.mock.calls.map(([input]) => pathOf(input));

  it('sends and reads JSON under /api', async () => {
    fetched.mockResolvedValueOnce(json({ id: '1' }, 201));
    await expect(api.post('/keys', { name: 'a' }, { idempotencyKey: 'k' })).resolves.toEqual({ id: '1' });
    const [input, init] = fetched.mock.calls[0]!;
    expect(pathOf(input)).toBe('/api/keys');
    expect(init?.body).toBe('{"name":"a"}');
    expect(new Headers(init?.headers).get('idempotency-key')).toBe('k');
  });

  it('leaves out query values that are not given', async () => {
    fetched.mockResolvedValueOnce(json({ items: [] }));
    await api.get('/models', { query: { q: 'a b', cursor: null, limit: 5 } });
    expect(new URL(fetched.mock.calls[0]![0] as string).search).toBe('?q=a+b&limit=5');
  });

  it('names the chosen workspace', async () => {
    storage.set('workspace', 'w1');
    fetched.mockResolvedValueOnce(json({}));
    await api.get('/me');
    expect(new Headers(fetched.mock.calls[0]![1]?.headers).get('modulon-workspace')).toBe('w1');
  });

  it('turns a problem into an error with code, fields and trace', async () => {
    const problem = { title: 'No', status: 422, detail: 'Not so.', code: 'x.bad', fields: { '/email': { code: 'x.form', detail: 'Odd.' } }, trace: 't1' };
    fetched.mockResolvedValueOnce(json(problem, 422, { 'retry-after': '3' }));
    const error = await api.get('/x').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'x.bad', message: 'Not so.', fields: { email: { code: 'x.form', detail: 'Odd.' } }, trace: 't1', retryAfter: 3 });
  });

  it('tells when no answer came', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(api.get('/x')).rejects.toMatchObject({ code: 'offline', status: 0, offline: true });
  });

  it('renews the session once and repeats the request', async () => {
    fetched.mockResolvedValueOnce(json({}, 401)).mockResolvedValueOnce(new Response(null, { status: 204 })).mockResolvedValueOnce(json({ ok: true }));
    await expect(api.get('/me')).resolves.toEqual({ ok: true });
    expect(calls()).toEqual(['/api/me', REFRESH, '/api/me']);
    expect(lost).not.toHaveBeenCalled();
  });

  it('renews once for many requests that are refused together', async () => {
    let signedIn = false;
    fetched.mockImplementation((input) => {
      if (pathOf(input) !== REFRESH) return Promise.resolve(json({}, signedIn ? 200 : 401));
      signedIn = true;
      return Promise.resolve(new Response(null, { status: 204 }));
    });
    await Promise.all(['/a', '/b', '/c'].map((path) => api.get(path)));
    expect(calls().filter((path) => path === REFRESH)).toHaveLength(1);
  });

  it('says that the session is lost when it cannot be renewed', async () => {
    fetched.mockImplementation(() => Promise.resolve(json({}, 401)));
    await expect(api.get('/me')).rejects.toMatchObject({ status: 401 });
    expect(lost).toHaveBeenCalledOnce();
  });

  it('does not sign anybody out because the network broke while renewing', async () => {
    fetched.mockResolvedValueOnce(json({}, 401)).mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(api.get('/me')).rejects.toMatchObject({ code: 'offline' });
    expect(lost).not.toHaveBeenCalled();
  });

  it('does not renew for a wrong password', async () => {
    fetched.mockResolvedValueOnce(json({ code: 'identity.sign_in_failed' }, 401));
    await expect(api.post('/sessions', {})).rejects.toMatchObject({ code: 'identity.sign_in_failed' });
    expect(calls()).toEqual(['/api/sessions']);
  });
});
