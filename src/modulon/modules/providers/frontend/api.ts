/** Typed calls of the providers module: the only file of its frontend that knows URLs. */
import { api, type Page } from '@modulon/sdk';

export interface Health {
  state: 'unknown' | 'healthy' | 'failing';
  checked_at: string | null;
  latency_ms: number | null;
  error: { code: string; detail: string } | null;
}

export interface Provider {
  id: string;
  name: string;
  slug: string;
  type: string;
  endpoint: string;
  enabled: boolean;
  /** The last four characters of the key, if there is one. */
  key_hint: string | null;
  health: Health;
  models: { total: number; enabled: number };
  created_at: string;
  updated_at: string;
}

export interface ProviderModel {
  id: string;
  /** The vendor's name for it. */
  model_id: string;
  model_name: string;
  enabled: boolean;
  context_window: number | null;
  capabilities: string[];
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

export const listProviders = (): Promise<Provider[]> => all('/providers');

export const readProvider = (id: string): Promise<Provider> => api.get(`/providers/${id}`);

export const createProvider = (provider: NewProvider, idempotencyKey: string): Promise<Provider> =>
  api.post('/providers', provider, { idempotencyKey });

export const changeProvider = (id: string, change: ProviderChange): Promise<Provider> => api.patch(`/providers/${id}`, change);

export const deleteProvider = (id: string): Promise<void> => api.delete(`/providers/${id}`);

export const testProvider = (id: string): Promise<{ health: Health }> => api.post(`/providers/${id}/test`);

export const listModels = (id: string): Promise<ProviderModel[]> => all(`/providers/${id}/models`);

export const refreshModels = (id: string): Promise<{ added: number; removed: number; total: number }> =>
  api.post(`/providers/${id}/models/refresh`);

export const toggleModel = (id: string, model: string, enabled: boolean): Promise<ProviderModel> =>
  api.put(`/providers/${id}/models/${model}/toggle`, { enabled });
