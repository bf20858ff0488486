import type { Command } from '../../core/commands.js';
import type { SearchResult } from '../../core/search.js';
import { matchText } from './match.js';

/** One row of the palette. */
export interface Entry {
  id: string;
  title: string;
  detail: NonNullable<SearchResult['detail']>;
  icon: string;
  /** A shortcut or a note at the end. */
  note: string;
  key: string;
  /** Matched letters of the title. */
  at: readonly number[];
  run: () => unknown;
}

export interface Group {
  name: string;
  entries: Entry[];
  /** How many there are in all, if more than shown. */
  total: number;
}

const PER_SOURCE = 5;

/** The commands that fit, best first within their group; without a query all of them. */
export function commandGroups(commands: readonly Command[], query: string): Group[] {
  const found = commands
    .filter((command) => command.id !== 'shell.palette' && command.enabled?.() !== false)
    .flatMap((command) => {
      const match = matchText(query, command.title);
      return match ? [{ command, match }] : [];
    })
    .sort((a, b) => b.match.score - a.match.score);
  const groups = new Map<string, Entry[]>();
  for (const { command, match } of found) {
    const { id, title, icon, key, run } = command;
    const entries = groups.get(command.group) ?? [];
    entries.push({ id, title, icon, key, run, note: '', detail: '', at: match.at });
    groups.set(command.group, entries);
  }
  return [...groups].map(([name, entries]) => ({ name, entries, total: entries.length }));
}

/** What a source found. Its own order stays: it knows better than letters do. */
export function resultGroup(name: string, results: readonly SearchResult[], total: number, query: string): Group {
  const entries = results.slice(0, PER_SOURCE).map((result) => ({
    id: result.id,
    title: result.title,
    detail: result.detail ?? '',
    icon: result.icon,
    note: result.note ?? '',
    key: '',
    at: whole(query, result.title),
    run: result.open,
  }));
  return { name, entries, total };
}

function whole(query: string, text: string): number[] {
  const start = query === '' ? -1 : text.toLowerCase().indexOf(query.toLowerCase());
  return start < 0 ? [] : Array.from({ length: query.length }, (_, index) => start + index);
}
