import { describe, expect, it } from 'vitest';

import type { Message } from '../api.js';
import { mergeRows, replaceMessage, rowKey, rowsBefore, unsentRow, type Row } from './rows.js';

const message = (id: string, parent: string | null, more: Partial<Message> = {}): Message => ({
  id,
  conversation_id: 'c',
  parent_id: parent,
  role: 'user',
  status: 'complete',
  model: '',
  run_id: null,
  created_at: '2026-01-01T00:00:00.000000Z',
  parts: [],
  siblings: [id],
  usage: null,
  ...more,
});
const rows = (...messages: Message[]): Row[] => messages.map((one) => ({ message: one }));
const ids = (all: readonly Row[]): string[] => all.map((row) => row.message.id);

const branch = [message('a', null), message('b', 'a'), message('c', 'b')];

describe('rows', () => {
  it('keep their place when another version takes it', () => {
    expect(rowKey({ message: message('b2', 'a') })).toBe(rowKey({ message: message('b', 'a') }));
    const unsent = unsentRow({ key: 'k', parentId: 'c', text: 'x', model: 'm', state: 'sending' }, 'c');
    expect(rowKey(unsent)).toBe(rowKey({ message: message('accepted', 'c') }));
  });

  it('end before the place where something new goes', () => {
    expect(ids(rowsBefore(rows(...branch), 'a'))).toEqual(['a']);
    expect(ids(rowsBefore(rows(...branch), 'c'))).toEqual(['a', 'b', 'c']);
    expect(ids(rowsBefore(rows(...branch), null))).toEqual([]);
  });

  it('are replaced one at a time', () => {
    const before = rows(...branch);
    const after = replaceMessage(before, message('b', 'a', { status: 'cancelled' }));
    expect(after[1]?.message.status).toBe('cancelled');
    expect(after[0]).toBe(before[0]);
  });

  it('are merged with what the server says of the end', () => {
    const known = rows(...branch);
    expect(ids(mergeRows(known, [message('b', 'a'), message('c', 'b'), message('d', 'c')], null))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(mergeRows(known, [message('x', null), message('y', 'x')], null))).toEqual(['x', 'y']);
  });

  it('are not set back while they are being followed', () => {
    const longer = message('c', 'b', { status: 'streaming', parts: [{ type: 'text', index: 0, text: 'long' }] });
    const merged = mergeRows(rows(message('a', null), longer), [message('a', null), message('c', 'b', { status: 'streaming' })], 'c');
    expect(merged[1]?.message).toBe(longer);
  });

  it('remember how long an answer took', () => {
    const merged = mergeRows([{ message: message('a', null), seconds: 7 }], [message('a', null)], null);
    expect(merged[0]?.seconds).toBe(7);
  });
});
