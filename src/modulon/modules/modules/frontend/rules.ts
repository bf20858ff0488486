/** What the list knows of modules, without a page: groups, filters, who needs whom. */
import type { ModuleRead } from './api.js';

export type Group = 'shipped' | 'plugin' | 'extension';
export type Filter = 'all' | 'trouble' | 'off';

export const FILTERS: readonly Filter[] = ['all', 'trouble', 'off'];
const GROUPS: readonly Group[] = ['shipped', 'plugin', 'extension'];

/** Whether it came with Modulon and may do everything. */
export function isTrusted({ shipped }: ModuleRead): boolean {
  return shipped;
}

/** The groups that have modules, each in the order of their names. */
export function grouped(modules: readonly ModuleRead[]): { group: Group; items: ModuleRead[] }[] {
  const groupOf = (one: ModuleRead): Group => (one.shipped ? 'shipped' : one.type === 'extension' ? 'extension' : 'plugin');
  const sorted = [...modules].sort((a, b) => a.name.localeCompare(b.name));
  return GROUPS.map((group) => ({ group, items: sorted.filter((one) => groupOf(one) === group) })).filter(({ items }) => items.length > 0);
}

/** The last tracebacks, each once, with the processes that have it. */
export function tracebacks({ obstacle, observed }: ModuleRead): { text: string; where: string[] }[] {
  const found = new Map<string, string[]>();
  if (obstacle?.code === 'import') found.set(obstacle.reason, []);
  for (const { error, node, pid } of observed) {
    if (error !== '') found.set(error, [...(found.get(error) ?? []), `${node} ${String(pid)}`]);
  }
  return [...found].map(([text, where]) => ({ text, where }));
}

/** Whether somebody has to look after it: it failed, cannot run, or goes on with old code because the new does not run. */
export function needsCare(module: ModuleRead): boolean {
  return module.state === 'failed' || module.state === 'blocked' || tracebacks(module).length > 0;
}

/** Whether it is still on its way to what was asked for, in some process. */
export function isUnsettled({ state, observed }: ModuleRead): boolean {
  return [state, ...observed.map((one) => one.state)].some((one) => one === 'starting' || one === 'draining');
}

export function passes(module: ModuleRead, filter: Filter): boolean {
  if (filter === 'trouble') return needsCare(module);
  return filter === 'all' || !module.enabled;
}

/** Whether name, id, a permission or a table has the text. */
export function matches({ name, id, permissions, tables }: ModuleRead, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [name, id, ...tables, ...permissions.map((one) => one.name)].some((text) => text.toLowerCase().includes(wanted));
}

type Next = (module: ModuleRead) => readonly string[];

const needed: Next = ({ requires }) => Object.keys(requires);
const needing: Next = ({ required_by }) => required_by;

/** How many steps everything near and far is from *id*, by the longest way; a circle is not walked round. */
function distances(modules: readonly ModuleRead[], id: string, next: Next): Map<string, number> {
  const byId = new Map(modules.map((one) => [one.id, one]));
  const found = new Map<string, number>();
  const walk = (from: string, way: readonly string[]): void => {
    const module = byId.get(from);
    for (const other of module ? next(module) : []) {
      if (way.includes(other) || (found.get(other) ?? 0) > way.length) continue;
      found.set(other, way.length);
      walk(other, [...way, other]);
    }
  };
  walk(id, [id]);
  return found;
}

/** What runs, needs the module near or far, and would stop with it. */
export function dependents(modules: readonly ModuleRead[], id: string): ModuleRead[] {
  const found = distances(modules, id, needing);
  return modules.filter((one) => found.has(one.id) && one.enabled && one.state !== 'blocked');
}

/** What is disabled and the module needs, near or far. */
export function missing(modules: readonly ModuleRead[], id: string): ModuleRead[] {
  const found = distances(modules, id, needed);
  return modules.filter((one) => found.has(one.id) && !one.enabled);
}

/** A module's place in the picture of who needs whom: its column, and its row of so many in that column. */
export interface Place {
  id: string;
  column: number;
  row: number;
  of: number;
}

export interface Picture {
  columns: number;
  /** Of the fullest column. */
  rows: number;
  places: Place[];
  /** From what is needed to what needs it. */
  lines: { from: Place; to: Place }[];
}

/** What the module needs before it, what needs it behind it, the further the more steps lie between. */
export function pictureOf(modules: readonly ModuleRead[], id: string): Picture {
  const before = distances(modules, id, needed);
  const after = distances(modules, id, needing);
  const first = Math.max(0, ...before.values());
  const columns = new Map<string, number>([[id, first]]);
  for (const [other, steps] of after) columns.set(other, first + steps);
  for (const [other, steps] of before) columns.set(other, first - steps);
  const sorted = [...columns].sort(([a], [b]) => a.localeCompare(b));
  const places = sorted.map(([name, column]): Place => {
    const beside = sorted.filter(([, other]) => other === column);
    return { id: name, column, row: beside.findIndex(([other]) => other === name), of: beside.length };
  });
  const at = new Map(places.map((place) => [place.id, place]));
  const lines = modules.flatMap((module) =>
    needed(module).flatMap((other) => {
      const [from, to] = [at.get(other), at.get(module.id)];
      return from && to && from.column < to.column ? [{ from, to }] : [];
    }),
  );
  return { columns: first + 1 + Math.max(0, ...after.values()), rows: Math.max(...places.map(({ of }) => of)), places, lines };
}
