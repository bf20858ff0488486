/** Conversations by when they were used last: today, yesterday, the week, the month, then months by name. */
import type { Conversation } from '../api.js';

export interface Group {
  /** `today`, `yesterday`, `week`, `month`, or a month as `2026-03`. */
  id: string;
  items: Conversation[];
}

const DAY_MS = 86_400_000;

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function groupId(date: Date, now: Date): string {
  // rounded, since a day with a change of the clock has 23 or 25 hours
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days <= 7) return 'week';
  if (days <= 30) return 'month';
  return `${String(date.getFullYear())}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** @param items newest first */
export function groupByDay(items: readonly Conversation[], now = new Date()): Group[] {
  const groups: Group[] = [];
  for (const conversation of items) {
    const id = groupId(new Date(conversation.updated_at), now);
    const last = groups.at(-1);
    if (last?.id === id) last.items.push(conversation);
    else groups.push({ id, items: [conversation] });
  }
  return groups;
}
