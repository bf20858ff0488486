/** Typed calls of the accounts module: the only file of its frontend that knows URLs. */
import { api, type Page, type Schemas, type User } from '@modulon/sdk';

export type OwnSession = Schemas['SessionRead'];
export type ApiKey = Schemas['KeyRead'];
/** A key just made: `key` is never told again. */
export type NewApiKey = Schemas['KeyCreated'];
export type NewAccount = Schemas['SetupRun'];

/** What a key may be allowed, from the least on. */
export const SCOPES = ['inference', 'read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const setUp = (account: NewAccount): Promise<{ user: User }> => api.post('/setup', account);

export const signIn = (email: string, password: string): Promise<{ user: User }> => api.post('/sessions', { email, password });

export const signOut = (): Promise<void> => api.delete('/sessions/current');

export const listSessions = (): Promise<Page<OwnSession>> => api.get('/sessions');

export const endSession = (id: string): Promise<void> => api.delete(`/sessions/${id}`);

export const listKeys = (): Promise<Page<ApiKey>> => api.get('/keys');

export const createKey = (key: { name: string; scopes: Scope[]; expires_at?: string }, idempotencyKey: string): Promise<NewApiKey> =>
  api.post('/keys', key, { idempotencyKey });

export const revokeKey = (id: string): Promise<void> => api.delete(`/keys/${id}`);
