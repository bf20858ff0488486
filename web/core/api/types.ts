import type { components } from './schema.js';

/** Bodies and answers by the names they have on the server: `Schemas['ProviderRead']`. */
export type Schemas = components['schemas'];
