/** Typed calls of the accounts module: the only file of its frontend that knows URLs. */
import { api, type Page, type User } from '@modulon/sdk';

export interface OwnSession {
  id: string;
  created_at: string;
  last_used_at: string | null;
  user_agent: string | null;
  current: boolean;
}

export const SCOPES = ['inference', 'read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  id: string;
  name: string;
  scopes: Scope[];
  /** The first characters, by which a key is recognised. */
  prefix: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

/** A key just made: `key` is never told again. */
export interface NewApiKey extends ApiKey {
  key: string;
}

export interface NewAccount {
  token: string;
  name: string;
  email: string;
  password: string;
}

export const setUp = (account: NewAccount): Promise<{ user: User }> => api.post('/setup', account);

export const signIn = (email: string, password: string): Promise<{ user: User }> => api.post('/sessions', { email, password });

export const signOut = (): Promise<void> => api.delete('/sessions/current');

export const listSessions = (): Promise<Page<OwnSession>> => api.get('/sessions');

export const endSession = (id: string): Promise<void> => api.delete(`/sessions/${id}`);

export const listKeys = (): Promise<Page<ApiKey>> => api.get('/keys');

export const createKey = (key: { name: string; scopes: Scope[]; expires_at?: string }, idempotencyKey: string): Promise<NewApiKey> =>
  api.post('/keys', key, { idempotencyKey });

export const revokeKey = (id: string): Promise<void> => api.delete(`/keys/${id}`);
