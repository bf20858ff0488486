import { describe, expect, it } from 'vitest';

import { currentSchema, writtenSchema } from '../build/schema.ts';

describe('the types of bodies and answers', () => {
  it('are those of the server: if not, `npm run schema` writes them anew', async () => {
    expect(writtenSchema()).toBe(await currentSchema());
  }, 30_000);
});
