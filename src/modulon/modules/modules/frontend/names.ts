/** How modules are named in a sentence. */
import { hasMessage, locale, t } from '@modulon/sdk';

import type { ModuleRead } from './api.js';

/** The name people know a module by; one that is not there has its id only. */
export function nameOf(modules: readonly ModuleRead[], id: string): string {
  return modules.find((one) => one.id === id)?.name ?? id;
}

/** `Chat, Guide and OpenAI interface`, as the language lists things. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
}

/** Why a module cannot run, in the person's words; nothing if it can. */
export function whyNot(module: ModuleRead, modules: readonly ModuleRead[]): string {
  const { obstacle } = module;
  if (!obstacle) return '';
  const [, next = ''] = obstacle.chain;
  const beside = modules.find((one) => one.id === next);
  const off = obstacle.code === 'dependency' && beside?.enabled === false;
  const key = `modules.why.${off ? 'off' : obstacle.code}`;
  const versions = module.requires[next] ?? module.optional[next] ?? '';
  return t(hasMessage(key) ? key : 'modules.why.other', { other: nameOf(modules, next), versions, version: beside?.version ?? '' });
}
