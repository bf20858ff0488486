/** Pages that the chat leads to: its own, and those of others. */
export const conversationPath = (id: string): string => `/c/${id}`;
export const LIBRARY = '/conversations';
export const PROVIDERS = '/settings/providers';

const MESSAGE = 'm-';

/** A message in its conversation. */
export const messagePath = (conversationId: string, messageId: string | null): string =>
  conversationPath(conversationId) + (messageId === null ? '' : `#${MESSAGE}${messageId}`);

/** The message that an address points to. */
export const messageOf = (hash: string): string | null => (hash.startsWith(MESSAGE) ? hash.slice(MESSAGE.length) : null);
