/** Typed calls of the event log's routes: the only file of this frontend that knows URLs. */
import { api, type Page, type Schemas } from '@modulon/sdk';

import type { Filter } from './filter.js';

export type LoggedEvent = Schemas['EventRead'];
export type EventPage = Schemas['EventList'];
export type Consumer = Schemas['ConsumerRead'];
export type Letter = Schemas['LetterRead'];
export type ReplayPlan = Schemas['ReplayRead'];

/** Events that meet *filter*, newest first: older than *cursor*, or later than *after*. */
export function listEvents(filter: Filter, place: { cursor?: string; after?: string } = {}, limit = 100): Promise<EventPage> {
  const query = new URLSearchParams({ limit: String(limit), ...place });
  for (const type of filter.types) query.append('type', type);
  for (const type of filter.without) query.append('without', type);
  for (const name of ['key', 'actor', 'workspace', 'since'] as const) if (filter[name] !== undefined) query.set(name, filter[name]);
  return api.get(`/events?${query.toString()}`);
}

export const readEvent = (seq: number): Promise<LoggedEvent> => api.get(`/events/${String(seq)}`);

export const listTypes = async (): Promise<string[]> => (await api.get<Page<string>>('/events/types')).items;

export const listConsumers = async (): Promise<Consumer[]> => (await api.get<Page<Consumer>>('/events/consumers')).items;

export const listLetters = async (): Promise<Letter[]> => (await api.get<Page<Letter>>('/events/letters')).items;

export const listWaiting = async (): Promise<Letter[]> => (await api.get<Page<Letter>>('/events/waiting')).items;

/** One letter, or without *one* all dead letters. */
export const retryLetters = async (one?: { consumer: string; seq: number }): Promise<number> =>
  (await api.post<Schemas['Changed']>('/events/letters/retry', one ?? {})).count;

/** One dead letter, or all that were given up by *until*. */
export const discardLetters = async (which: { consumer: string; seq: number } | { until: string }): Promise<number> =>
  (await api.post<Schemas['Changed']>('/events/letters/discard', which)).count;

export const planReplay = (consumer: string, seq: number): Promise<ReplayPlan> =>
  api.get(`/events/consumers/${consumer}/replay`, { query: { seq } });

export const replay = (consumer: string, seq: number): Promise<ReplayPlan> => api.post(`/events/consumers/${consumer}/replay`, { seq });
