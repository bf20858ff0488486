/** Pages that the chat leads to: its own, and those of others. */
export const conversationPath = (id: string): string => `/c/${id}`;
export const PROVIDERS = '/settings/providers';
