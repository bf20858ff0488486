import type { Messages } from '../core/i18n/index.js';
import type { SearchSource } from '../core/search.js';

/** What a module's `frontend/index.ts` exports as default. What it contributes, and where, stands in `module.toml`. */
export interface ModuleFrontend {
  /** The English messages; other languages are loaded from `locales/` on top. Keys are used as `<module>.<key>`. */
  messages?: Messages;
  /** For each element named in `module.toml`, the import that defines it. */
  elements: Record<`m-${string}` | `${string}-${string}`, () => Promise<unknown>>;
  /** For each command named in `module.toml`, what it does. */
  commands?: Record<string, () => unknown>;
  /** What the palette searches here; asked for once the messages are there. */
  search?: () => readonly SearchSource[];
}

/** Gives the default export of `frontend/index.ts` its type. */
export function defineModule(module: ModuleFrontend): ModuleFrontend {
  return module;
}
