/** Pages of others that the chat leads to. */
export const PROVIDERS = '/settings/providers';
