import { expect, test } from 'vitest';

import type { PortableConversation } from '../api.js';
import { branchOf, fileName, markdownOf } from './markdown.js';

type Said = PortableConversation['messages'][number];

function said(id: string, parent: string | null, role: 'user' | 'assistant', text: string): Said {
  const at = '2026-01-01T00:00:00Z';
  return { id, parent_id: parent, role, status: 'complete', model: role === 'user' ? '' : 'sim/one', created_at: at, parts: [{ type: 'text', text }], usage: null };
}

const conversation: PortableConversation = {
  id: 'c', title: 'Cats', title_by: 'person', model: 'sim/one', folder: null, pinned: false, archived: false,
  created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', active_message_id: 'b2',
  messages: [said('a', null, 'user', 'Why?'), said('b1', 'a', 'assistant', 'No.'), said('b2', 'a', 'assistant', 'Because.')],
};

test('the branch that is shown becomes Markdown', () => {
  expect(branchOf(conversation).map(({ id }) => id)).toEqual(['a', 'b2']);
  expect(markdownOf(conversation, { you: 'You', untitled: 'New chat' })).toBe('# Cats\n\n## You\n\nWhy?\n\n## sim/one\n\nBecause.\n');
});

test.each([
  ['../../etc/passwd', 'etc passwd'],
  ['Zo\u00eb \u6771\u4eac: a/b\\c?', 'Zo\u00eb \u6771\u4eac a b c'],
  ['\u202e\u0000', 'conversation'],
])('a file name of %j is harmless', (title, name) => {
  expect(fileName(title)).toBe(name);
});
