/** The catalogues as they lie on the disk, for checks of every language at once. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import { moduleLocales, project, web } from '../build/paths.ts';
import { parse, type Part } from '../core/i18n/format.ts';
import type { Messages } from '../core/i18n/catalogue.ts';

export interface Catalogue {
  /** The folder it lies in: the shell's or a module's. */
  owner: string;
  language: string;
  messages: Record<string, string>;
}

/** What a message asks of its caller: the names of its values and, for a choice, its cases. */
export interface Shape {
  names: string[];
  selects: string[];
  plurals: { name: string; kind: 'cardinal' | 'ordinal'; cases: string[] }[];
  /** What is written as it stands, over all cases. */
  literal: string;
}

function flat(tree: Messages, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flat(value, `${prefix}${key}.`)),
    ),
  );
}

/** Every catalogue of the shell and the modules. */
export function catalogues(): Catalogue[] {
  const shell = globSync('shell/locales/*.json', { cwd: web }).map((path) => join(web, path));
  return [...shell, ...moduleLocales()].map((path) => ({
    owner: relative(project, dirname(path)),
    language: basename(path, '.json'),
    messages: flat(JSON.parse(readFileSync(path, 'utf8')) as Messages),
  }));
}

/** What *message* asks for. */
export function shapeOf(message: string): Shape {
  const names = new Set<string>();
  const selects = new Set<string>();
  const plurals: Shape['plurals'] = [];
  let literal = '';
  const read = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (typeof part === 'string') literal += part;
      else {
        names.add(part.name);
        if (!('cases' in part)) continue;
        const cases = [...part.cases.keys()];
        if (part.kind === 'select') selects.add(`${part.name}: ${cases.toSorted().join(' ')}`);
        else plurals.push({ name: part.name, kind: part.kind === 'plural' ? 'cardinal' : 'ordinal', cases });
        for (const inner of part.cases.values()) read(inner);
      }
    }
  };
  read(parse(message));
  return { names: [...names].toSorted(), selects: [...selects].toSorted(), plurals, literal };
}
