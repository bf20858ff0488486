/** Typed calls of the providers module: the only file of its frontend that knows URLs. */
import { api, type Page, type Schemas } from '@modulon/sdk';

export type Health = Schemas['Health'];
export type ProviderModel = Schemas['ProviderModelRead'];
export type Price = Schemas['PriceRead'];
export type Preset = Schemas['PresetRead'];
export type FoundServer = Schemas['FoundServer'];

/** A provider as those see it who may change it: others are not told its address. */
export interface Provider extends Omit<Schemas['ProviderRead'], 'endpoint'> {
  endpoint: string;
}

export interface NewProvider {
  name: string;
  type: string;
  endpoint: string;
  api_key?: string;
}

/** What to change; an `api_key` of null removes the key. */
export interface ProviderChange {
  name?: string;
  endpoint?: string;
  api_key?: string | null;
  enabled?: boolean;
}

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.get(path, { query: { cursor, limit: 200 } });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

export const listPresets = (): Promise<Schemas['PresetPage']> => api.get('/providers/presets');

export const probe = (): Promise<Schemas['LookAround']> => api.post('/providers/probe');

export const listProviders = (): Promise<Provider[]> => all('/providers');

export const readProvider = (id: string): Promise<Provider> => api.get(`/providers/${id}`);

export const createProvider = (provider: NewProvider, idempotencyKey: string): Promise<Provider> =>
  api.post('/providers', provider, { idempotencyKey });

export const changeProvider = (id: string, change: ProviderChange): Promise<Provider> => api.patch(`/providers/${id}`, change);

export const deleteProvider = (id: string): Promise<void> => api.delete(`/providers/${id}`);

export const testProvider = (id: string): Promise<Schemas['TestResult']> => api.post(`/providers/${id}/test`);

export type Shown = 'all' | 'on' | 'off';

/** A page of a provider's models: those with every word of *q* in their names. */
export const listModels = (id: string, query: { q: string; state: Shown; cursor: string | null; limit: number }): Promise<Page<ProviderModel>> =>
  api.get(`/providers/${id}/models`, { query });

/** Switches many models at once: those named, or all that *q* finds. */
export const switchModels = (id: string, change: { enabled: boolean; models?: string[]; q?: string }): Promise<Schemas['Switched']> =>
  api.post(`/providers/${id}/models/switch`, change);

export const changeModel = (id: string, model: string, change: { alias?: string | null; pinned?: boolean; price?: Price | null }): Promise<ProviderModel> =>
  api.patch(`/providers/${id}/models/${model}`, change);

export const readConsequences = (id: string): Promise<Schemas['Consequences']> => api.get(`/providers/${id}/consequences`);

export const refreshModels = (id: string): Promise<Schemas['Refreshed']> =>
  api.post(`/providers/${id}/models/refresh`);

export const toggleModel = (id: string, model: string, enabled: boolean): Promise<ProviderModel> =>
  api.put(`/providers/${id}/models/${model}/toggle`, { enabled });
