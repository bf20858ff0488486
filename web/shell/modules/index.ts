import { pageState } from '../../core/boot.js';
import { ModuleRegistry } from './registry.js';

/** The modules of this page. */
export const registry = ModuleRegistry.fromState(pageState);

export { slugOf, type ModuleRegistry, type Owned } from './registry.js';
