/** Typed calls of the guide module: the only file of its frontend that knows URLs. */
import { api, type Schemas } from '@modulon/sdk';

export type HelpPage = Schemas['HelpPageRead'];
export type HelpPageItem = Schemas['HelpPageItem'];
export type HelpSection = Schemas['HelpSection'];
export type HelpHit = Schemas['HelpHit'];

/** Where the pictures of the documentation are. */
export const IMAGES = '/api/help/images/';

export async function listPages(): Promise<HelpPageItem[]> {
  return (await api.get<Schemas['HelpPageList']>('/help/pages')).items;
}

export function readPage(group: string, name: string): Promise<HelpPage> {
  return api.get<HelpPage>(`/help/pages/${encodeURIComponent(group)}/${encodeURIComponent(name)}`);
}

export async function searchHelp(q: string, signal: AbortSignal): Promise<HelpHit[]> {
  return (await api.get<Schemas['HelpHits']>('/help/search', { query: { q }, signal })).items;
}
