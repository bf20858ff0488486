import type { ModuleRead, Observed } from './api.js';

/** A module as the server tells of it. */
export function module(id: string, more: Partial<ModuleRead> = {}): ModuleRead {
  return {
    id, name: id, version: '1.0.0', description: `About ${id}`, author: 'Acme', type: 'standard', icon: '', enabled: true, shipped: true, switchable: true, state: 'running',
    obstacle: null, requires: {}, required_by: [], optional: {}, permissions: [], tables: [], paths: [], routes: 0, listens_to: [], emits: [], scopes: [],
    observed: [], generation: 0, changed_by: null, changed_by_name: null, changed_at: null, ...more,
  };
}

/** What one process has of it. */
export function observed(more: Partial<Observed> = {}): Observed {
  return {
    node: 'here', pid: 7, state: 'running', generation: 0, version: '1.0.0', load_ms: 6, requests: 0, errors: 0, p95_ms: 0, error: '',
    updated_at: '2026-01-01T00:00:00Z', ...more,
  };
}
