/** What a form knows of one setting: which box it has, what fits, what it is called. */
import type { SettingRead } from './api.js';

export type Kind = 'switch' | 'number' | 'choice' | 'text' | 'secret' | 'json';

/** What a module's catalogue says of a setting, in another language than English. */
export type SettingWords = Record<string, { label?: string; about?: string } | undefined>;

interface Fitting {
  type?: string;
  title?: string;
  description?: string;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

export const schemaOf = (setting: SettingRead): Fitting => setting.schema;

export function kindOf(setting: SettingRead): Kind {
  const { type, enum: choices } = schemaOf(setting);
  if (setting.secret) return 'secret';
  if (choices) return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'string' ? 'text' : 'json';
}

export function labelOf(setting: SettingRead, words: SettingWords): string {
  return words[setting.key]?.label ?? schemaOf(setting).title ?? setting.key;
}

export function aboutOf(setting: SettingRead, words: SettingWords): string {
  return words[setting.key]?.about ?? schemaOf(setting).description ?? '';
}

/** A value as text of a box. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a box's text means; nothing if it means nothing that could be sent. */
export function read(setting: SettingRead, text: string): { value: unknown } | undefined {
  const kind = kindOf(setting);
  if (kind === 'number') {
    const number = Number(text.trim());
    return text.trim() === '' || !Number.isFinite(number) ? undefined : { value: number };
  }
  if (kind === 'switch') return { value: text === 'true' };
  if (kind !== 'json') return { value: text };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Whether a setting is found by *query*, in its name, its words or its key. */
export function found(setting: SettingRead, words: SettingWords, query: string): boolean {
  const wanted = query.trim().toLocaleLowerCase();
  return [setting.key, labelOf(setting, words), aboutOf(setting, words)].some((text) => text.toLocaleLowerCase().includes(wanted));
}
