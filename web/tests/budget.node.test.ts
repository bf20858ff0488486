/** What the built interface may weigh, as counts that do not depend on the machine. Needs `npm run build` before. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { moduleEntries, output } from '../build/paths.ts';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const KB = 1024;
const manifest = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as Record<string, Chunk>;

/** The script of an entry and all it imports at once. */
function closure(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const other of chunk.imports ?? []) closure(other, found);
  return found;
}

const weight = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(output, file)), { level: 9 }).length, 0);

/** The first load of the chat: the shell, and what stands on the page before a conversation is open. */
function firstLoad(): Set<string> {
  const ends = ['index.html', 'modules/chat/frontend/index.ts', 'modules/workspaces/frontend/index.ts'];
  const wanted = Object.keys(manifest).filter((key) => ends.some((end) => key.endsWith(end)));
  expect(wanted).toHaveLength(ends.length);
  return new Set(wanted.flatMap((key) => [...closure(key)]));
}

describe('the build', () => {
  const page = readFileSync(join(output, 'index.html'), 'utf8');

  it('loads the chat with at most 80 KB of scripts', () => {
    expect(weight(firstLoad())).toBeLessThanOrEqual(80 * KB);
  });

  it('loads it with one file a module, beside those of the shell', () => {
    expect(firstLoad().size).toBeLessThanOrEqual(4);
  });

  it('has a shell of at most 50 KB, of at most two files', () => {
    const shell = closure('index.html');
    expect(shell.size).toBeLessThanOrEqual(2);
    expect(weight(shell)).toBeLessThanOrEqual(50 * KB);
  });

  it('needs no other module’s script for the shell', () => {
    const shell = closure('index.html');
    for (const path of Object.values(moduleEntries())) {
      const entry = Object.entries(manifest).find(([key]) => path.endsWith(key.replace(/^(\.\.\/)+/, '')))?.[1];
      expect(shell.has(entry?.file ?? '')).toBe(false);
    }
  });

  it('has a page without scripts of its own, with its styles, and the place of the state', () => {
    expect(page).toContain('<!--modulon:state-->');
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page).not.toMatch(/\son[a-z]+=/);
    expect(page).toMatch(/<style>[^]*--accent/);
    expect(page).not.toContain('rel="stylesheet"');
  });

  it('asks nothing of another host', () => {
    for (const file of closure('index.html')) {
      expect(readFileSync(join(output, file), 'utf8')).not.toMatch(/(fetch|import)\(["'`]https?:/);
    }
    expect(page).not.toMatch(/(src|href)="https?:/);
  });

  it('is compressed beforehand', () => {
    for (const file of firstLoad()) {
      const known = readFileSync(join(output, file)).length < 512 || ['.br', '.gz'].every((end) => existsSync(join(output, file + end)));
      expect(known, file).toBe(true);
    }
  });
});
