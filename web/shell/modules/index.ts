import { pageState } from '../../core/boot.js';
import { setWordsSource } from '../../core/i18n/index.js';
import { ModuleRegistry, slugOf } from './registry.js';

/** The modules of this page. */
export const registry = ModuleRegistry.fromState(pageState);
setWordsSource(async (owner) => {
  const module = registry.modules.find(({ id, entry }) => slugOf(id) === owner && entry !== null);
  if (module) await registry.frontend(module);
});

export { slugOf, type ModuleRegistry, type Owned } from './registry.js';
