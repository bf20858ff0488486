/** Typed calls of the accounts module: the only file of its frontend that knows URLs. */
import { api, type Page, type Schemas, type User } from '@modulon/sdk';

export type OwnSession = Schemas['SessionRead'];
export type ApiKey = Schemas['KeyRead'];
/** A key just made: `key` is never told again. */
export type NewApiKey = Schemas['KeyCreated'];
export type NewAccount = Schemas['SetupRun'];
export type Person = Schemas['PersonRead'];
export type Invitation = Schemas['InvitationRead'];
/** `token` is told this once. */
export type NewInvitation = Schemas['InvitationCreated'];
export type ResetLink = Schemas['ResetLink'];
export type Invited = Schemas['InvitationShown'];
export type RecoveryState = Schemas['RecoveryRead']['state'];

/** What a key may be allowed, from the least on. */
export const SCOPES = ['inference', 'read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The answer's `recovery_key` is told this once. */
export const setUp = (account: NewAccount): Promise<Schemas['SetupDoneRead']> => api.post('/setup', account);

export const signIn = (email: string, password: string): Promise<{ user: User }> => api.post('/sessions', { email, password });

export const signOut = (): Promise<void> => api.delete('/sessions/current');

export const listSessions = (): Promise<Page<OwnSession>> => api.get('/sessions');

export const endSession = (id: string): Promise<void> => api.delete(`/sessions/${id}`);

export const endOtherSessions = (): Promise<void> => api.delete('/sessions');

export const changeAccount = (change: { name?: string; email?: string; current?: string }): Promise<User> => api.patch('/me', change);

export const changePassword = (current: string, password: string): Promise<{ user: User }> => api.post('/me/password', { current, password });

export const recoveryState = async (): Promise<RecoveryState> => (await api.get<Schemas['RecoveryRead']>('/recovery')).state;

export const newRecoveryKey = async (current: string): Promise<string> =>
  (await api.post<Schemas['RecoveryCreated']>('/recovery', { current })).recovery_key;

export const recoverySaved = (): Promise<void> => api.post('/recovery/saved');

export const listPeople = (q: string, cursor: string | null): Promise<Page<Person>> => api.get('/users', { query: { q, cursor, limit: 50 } });

export const setAdmin = (id: string, admin: boolean): Promise<User> => api.patch(`/users/${id}`, { admin });

export const suspendPerson = (id: string): Promise<void> => api.post(`/users/${id}/suspend`);

export const restorePerson = (id: string): Promise<void> => api.post(`/users/${id}/restore`);

export const deletePerson = (id: string): Promise<void> => api.delete(`/users/${id}`);

export const signOutPerson = (id: string): Promise<void> => api.delete(`/users/${id}/sessions`);

export const makeResetLink = (id: string): Promise<ResetLink> => api.post(`/users/${id}/reset`);

export const listInvitations = (cursor: string | null): Promise<Page<Invitation>> => api.get('/invitations', { query: { cursor, limit: 50 } });

export const invite = (email: string, admin: boolean): Promise<NewInvitation> => api.post('/invitations', { email, admin });

export const revokeInvitation = (id: string): Promise<void> => api.delete(`/invitations/${id}`);

export const readInvitation = (token: string): Promise<Invited> => api.post('/invitations/lookup', { token });

export const acceptInvitation = (token: string, name: string, password: string): Promise<{ user: User }> =>
  api.post('/invitations/accept', { token, name, password });

export const resetPassword = (token: string, password: string): Promise<void> => api.post('/resets', { token, password });

export const listKeys = (): Promise<Page<ApiKey>> => api.get('/keys');

export const createKey = (key: { name: string; scopes: Scope[]; expires_at?: string }, idempotencyKey: string): Promise<NewApiKey> =>
  api.post('/keys', key, { idempotencyKey });

export const revokeKey = (id: string): Promise<void> => api.delete(`/keys/${id}`);
