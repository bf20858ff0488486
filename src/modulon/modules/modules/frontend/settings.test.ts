import { describe, expect, it } from 'vitest';

import type { SettingRead } from './api.js';
import { found, kindOf, labelOf, read, shown } from './settings.js';

const setting = (schema: Record<string, unknown>, more: Partial<SettingRead> = {}): SettingRead => ({
  key: 'page_size', schema, value: null, source: 'default', own: false, secret: false, ...more,
});

describe('a setting', () => {
  it('has the box that its values fit', () => {
    expect(kindOf(setting({ type: 'boolean' }))).toBe('switch');
    expect(kindOf(setting({ type: 'integer' }))).toBe('number');
    expect(kindOf(setting({ type: 'string', enum: ['a', 'b'] }))).toBe('choice');
    expect(kindOf(setting({ type: 'string' }))).toBe('text');
    expect(kindOf(setting({ type: 'array' }))).toBe('json');
    expect(kindOf(setting({ type: 'string' }, { secret: true }))).toBe('secret');
  });

  it('is sent as what was meant, or not at all', () => {
    expect(read(setting({ type: 'integer' }), ' 12 ')).toEqual({ value: 12 });
    expect(read(setting({ type: 'integer' }), 'many')).toBeUndefined();
    expect(read(setting({ type: 'integer' }), '')).toBeUndefined();
    expect(read(setting({ type: 'boolean' }), 'false')).toEqual({ value: false });
    expect(read(setting({ type: 'string' }), ' as it is ')).toEqual({ value: ' as it is ' });
    expect(read(setting({ type: 'array' }), '["a"]')).toEqual({ value: ['a'] });
    expect(read(setting({ type: 'array' }), '["a"')).toBeUndefined();
  });

  it('stands in its box as it would be written', () => {
    expect(shown(null)).toBe('');
    expect(shown(true)).toBe('true');
    expect(shown('text')).toBe('text');
    expect(shown(['a'])).toBe('["a"]');
  });

  it('is named and found in the person’s language', () => {
    const one = setting({ type: 'integer', title: 'Page size', description: 'How much' });
    expect(labelOf(one, {})).toBe('Page size');
    expect(labelOf(one, { page_size: { label: 'Seitengröße' } })).toBe('Seitengröße');
    expect(found(one, { page_size: { label: 'Seitengröße' } }, 'SEITEN')).toBe(true);
    expect(found(one, {}, 'page_s')).toBe(true);
    expect(found(one, {}, 'nothing')).toBe(false);
  });
});
