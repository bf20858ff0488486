/** `npm run schema` writes the types of the server's bodies and answers from the server's own description. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import openapi, { astToString, type OpenAPI3 } from 'openapi-typescript';

import { project, web } from './paths.ts';

const FILE = join(web, 'core/api/schema.d.ts');
const NOTE = '// Made from the server’s code by `npm run schema`; do not edit.\n';

/** The file as it should be now. Only bodies and answers: paths stand in each module’s `api.ts`. */
export async function currentSchema(): Promise<string> {
  const python = join(project, '.venv/bin/python');
  const described = execFileSync(python, ['-m', 'tools.schema'], { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { openapi: version, info, components } = JSON.parse(described) as OpenAPI3;
  const only: OpenAPI3 = { openapi: version, info, paths: {}, components: { schemas: components?.schemas ?? {} } };
  // A field with a default is always in an answer, but need not be in a body: bodies are typed where they are made.
  const types = astToString(await openapi(only, { defaultNonNullable: false }));
  return NOTE + types.slice(types.indexOf('export interface components'), types.indexOf('export type $defs'));
}

/** The file as it was written last. */
export function writtenSchema(): string {
  return readFileSync(FILE, 'utf8');
}

if (process.argv.includes('--write')) writeFileSync(FILE, await currentSchema());
