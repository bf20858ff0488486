import type { ModuleRead } from './api.js';

/** A module as the server tells of it. */
export function module(id: string, more: Partial<ModuleRead> = {}): ModuleRead {
  return {
    id, name: id, version: '1.0.0', description: `About ${id}`, author: 'Acme', type: 'standard', icon: '', enabled: true, switchable: true, state: 'running',
    obstacle: null, requires: {}, required_by: [], optional: {}, permissions: [], tables: [], paths: [], routes: 0, listens_to: [], emits: [], has_settings: false,
    observed: [], generation: 0, changed_by: null, changed_by_name: '', changed_at: null, ...more,
  };
}
