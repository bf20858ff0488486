/** Which models the picker shows, and in which groups. */
import type { Model } from '../../api.js';
import { nameOf } from '../../state/models.js';

export type Need = 'local' | 'vision' | 'tools' | 'long';

const LONG_CONTEXT = 200_000;

const FITS: Readonly<Record<Need, (model: Model) => boolean>> = {
  local: ({ local }) => local,
  vision: ({ capabilities }) => capabilities.includes('vision'),
  tools: ({ capabilities }) => capabilities.includes('tools'),
  long: ({ context_window: tokens }) => tokens !== null && tokens >= LONG_CONTEXT,
};

/** The needs that tell the models apart: some have them, not all. */
export function usefulNeeds(items: readonly Model[]): Need[] {
  const needs = Object.keys(FITS) as Need[];
  return needs.filter((need) => items.some(FITS[need]) && !items.every(FITS[need]));
}

function matches(model: Model, words: readonly string[]): boolean {
  const text = `${model.alias ?? ''} ${model.name} ${model.id} ${model.provider.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export interface ModelGroup {
  id: 'used' | 'pinned' | 'local' | 'cloud';
  items: Model[];
}

/** `32k`, `128k`, `1M`, as vendors write it: in steps of 1,024 or of 1,000, whichever is even. */
export function contextLabel(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const step = tokens % 1024 === 0 ? 1024 : 1000;
  const thousands = Math.round(tokens / step);
  return thousands < 1000 ? `${String(thousands)}k` : `${String(Math.round(thousands / 100) / 10)}M`;
}

/** Models that fit: the used one, those pinned, the others; within a group those that can be used come first. */
export function groupModels(items: readonly Model[], query: string, needs: ReadonlySet<Need>, used: string): ModelGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = items
    .filter((model) => matches(model, words) && [...needs].every((need) => FITS[need](model)))
    .sort((a, b) => Number(b.available) - Number(a.available) || nameOf(a).localeCompare(nameOf(b)));
  const others = fitting.filter(({ id }) => id !== used);
  const groups: ModelGroup[] = [
    { id: 'used', items: fitting.filter(({ id }) => id === used) },
    { id: 'pinned', items: others.filter(({ pinned }) => pinned) },
    { id: 'local', items: others.filter(({ local, pinned }) => local && !pinned) },
    { id: 'cloud', items: others.filter(({ local, pinned }) => !local && !pinned) },
  ];
  return groups.filter((group) => group.items.length > 0);
}
