import { describe, expect, it } from 'vitest';

import type { Conversation } from '../api.js';
import { groupByDay } from './groups.js';

const at = (id: string, date: Date): Conversation => ({
  id,
  title: id,
  model: '',
  active_message_id: null,
  active_run_id: null,
  created_at: date.toISOString(),
  updated_at: date.toISOString(),
  title_by: 'words', folder_id: null, pinned: false, archived: false, deleted_at: null,
});

describe('groups of conversations', () => {
  it('follow the days of the person, not of the clock', () => {
    const now = new Date(2026, 2, 30, 0, 30);
    const days: [string, Date][] = [
      ['just now', new Date(2026, 2, 30, 0, 29)],
      ['an hour ago', new Date(2026, 2, 29, 23, 30)],
      ['last week', new Date(2026, 2, 24)],
      ['this month', new Date(2026, 2, 3)],
      ['before', new Date(2026, 1, 2)],
      ['last year', new Date(2025, 11, 31)],
    ];
    const groups = groupByDay(days.map(([id, date]) => at(id, date)), now);
    expect(groups.map(({ id, items }) => [id, items[0]?.id])).toEqual([
      ['today', 'just now'],
      ['yesterday', 'an hour ago'],
      ['week', 'last week'],
      ['month', 'this month'],
      ['2026-02', 'before'],
      ['2025-12', 'last year'],
    ]);
  });

  it('hold what is a little in the future as today', () => {
    const now = new Date(2026, 2, 30, 23, 59);
    expect(groupByDay([at('a', new Date(2026, 2, 31, 0, 1))], now)[0]?.id).toBe('today');
  });
});
