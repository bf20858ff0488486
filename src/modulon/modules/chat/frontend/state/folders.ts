/** The person's folders, and which of them are open in the sidebar. */
import { Store, storage } from '@modulon/sdk';

import { listFolders, type Folder } from '../api.js';
import { keptName } from './kept.js';

export const folders = new Store<readonly Folder[]>([]);

/** Ids of those that are open; null until it was read what was open last. */
export const openFolders = new Store<ReadonlySet<string>>(new Set());

const name = (): string => keptName('folders');

export function readOpenFolders(): void {
  openFolders.set(new Set((storage.get(name()) ?? '').split(' ').filter((id) => id !== '')));
}

export function setFolderOpen(id: string, open: boolean): void {
  const now = new Set(openFolders.value);
  if (open) now.add(id);
  else now.delete(id);
  openFolders.set(now);
  storage.set(name(), [...now].join(' '));
}

export async function loadFolders(): Promise<void> {
  folders.set(await listFolders());
}
