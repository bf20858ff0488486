import { changeProvider, createProvider, readProvider, refreshModels, testProvider, type NewProvider, type Provider, type ProviderChange } from './api.js';

/**
 * Creates a provider, or corrects the one that *saved* has made, and finds out whether it answers: what comes back tells
 * its health and how many models it has. Throws `ApiError` if it could not be saved.
 */
export async function saveProvider(provider: NewProvider, saved: Provider | undefined, idempotencyKey: string): Promise<Provider> {
  if (!saved) return createProvider(provider, idempotencyKey);
  const change = changesOf(provider, saved);
  if (Object.keys(change).length > 0) await changeProvider(saved.id, change);
  return checkProvider(saved.id);
}

/** Only what is written differently: what another admin has changed meanwhile stays. */
function changesOf({ name, endpoint, api_key }: NewProvider, saved: Provider): ProviderChange {
  return {
    ...(name === saved.name ? {} : { name }),
    ...(endpoint === saved.endpoint ? {} : { endpoint }),
    ...(api_key === undefined ? {} : { api_key }),
  };
}

/** Tries a provider out and, if it answers and no model of it is known, asks for its models. */
export async function checkProvider(id: string): Promise<Provider> {
  const { health } = await testProvider(id);
  const provider = await readProvider(id);
  if (health.state !== 'healthy' || provider.models.total > 0) return provider;
  await refreshModels(id);
  return readProvider(id);
}
