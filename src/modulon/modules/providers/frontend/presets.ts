import { Store } from '@modulon/sdk';

import { listPresets, type Preset } from './api.js';

/** Any server that speaks the interface. */
export const OTHER: Preset = {
  slug: 'other', name: '', endpoint: '', complete: false, key: 'optional', shape: null, key_url: null, local: false, probe: false,
};

/** Providers people use, as the server lists them; nothing until they were asked for. */
export const presets = new Store<readonly Preset[] | undefined>(undefined);

/** Asks for the presets once; each page that needs them may call it. */
export async function loadPresets(): Promise<readonly Preset[]> {
  if (!presets.value) presets.set((await listPresets()).items);
  return presets.value ?? [];
}

export function presetOf(slug: string): Preset {
  return presets.value?.find((preset) => preset.slug === slug) ?? OTHER;
}

/** The presets whose keys look like *key*: one is certain, several must be asked about. */
export function recognised(key: string, known: readonly Preset[]): Preset[] {
  const text = key.trim();
  return known.filter(({ shape }) => shape !== null && new RegExp(`^(?:${shape})$`).test(text));
}
