import { changeProvider, createProvider, readProvider, refreshModels, testProvider, type NewProvider, type Provider } from './api.js';

/**
 * Creates a provider, or corrects the one that *saved* has made, and finds out whether it answers: what comes back tells
 * its health and how many models it has. Throws `ApiError` if it could not be saved.
 */
export async function saveProvider(provider: NewProvider, saved: Provider | undefined, idempotencyKey: string): Promise<Provider> {
  if (!saved) return createProvider(provider, idempotencyKey);
  const { name, endpoint, api_key } = provider;
  await changeProvider(saved.id, { name, endpoint, ...(api_key === undefined ? {} : { api_key }) });
  return checkProvider(saved.id);
}

/** Tries a provider out and, if it answers and no model of it is known, asks for its models. */
export async function checkProvider(id: string): Promise<Provider> {
  const { health } = await testProvider(id);
  const provider = await readProvider(id);
  if (health.state !== 'healthy' || provider.models.total > 0) return provider;
  await refreshModels(id);
  return readProvider(id);
}
