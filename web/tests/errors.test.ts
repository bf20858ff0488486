import { describe, expect, it } from 'vitest';

import { ApiError, type Problem } from '../core/api/problem.js';
import { addMessages } from '../core/i18n/index.js';
import de from '../shell/locales/de.json';
import { errorText, faultText } from '../sdk/errors.js';

const problem = (code: string): Problem => ({ title: 'No', status: 400, detail: 'Said by the server.', code });
const failed = (code: string): ApiError => new ApiError(problem(code));

describe('an error', () => {
  addMessages('shell', de);
  addMessages('notes', { errors: { name_taken: 'Vergeben.', stale: 'Die Notiz ist neuer.' } });

  it('of all parts is said in the words of the shell, also when the server has kept it', () => {
    expect(errorText(failed('denied'), 'notes')).toBe(de.errors.denied);
    expect(faultText({ code: 'unavailable', detail: 'Said by the server.' })).toBe(de.errors.unavailable);
  });

  it('of a module is said in its own words, which go before those of the shell', () => {
    expect(errorText(failed('notes.name_taken'))).toBe('Vergeben.');
    expect(errorText(failed('stale'), 'notes')).toBe('Die Notiz ist neuer.');
    expect(faultText({ code: 'notes.name_taken', detail: '' })).toBe('Vergeben.');
  });

  it('of the core is said in the words of the shell, with what it is about, after those of a module', () => {
    expect(errorText(failed('identity.last_admin'), 'notes')).toBe(de.errors['identity.last_admin']);
    expect(faultText({ code: 'egress.timed_out', detail: 'Said by the server.' })).toBe(de.errors['egress.timed_out']);
    expect(errorText(new ApiError({ ...problem('identity.too_many_keys'), params: { limit: 100 } }))).toContain('100 API-Schlüssel');
    addMessages('notes', { errors: { 'identity.admin_only': 'Das macht ein Admin.' } });
    expect(errorText(failed('identity.admin_only'), 'notes')).toBe('Das macht ein Admin.');
    expect(errorText(failed('identity.admin_only'))).toBe(de.errors['identity.admin_only']);
  });

  it('that nobody has words for is said as the server says it', () => {
    expect(errorText(failed('notes.odd'), 'notes')).toBe('Said by the server.');
    expect(faultText({ code: 'odd', detail: 'Said by the server.' })).toBe('Said by the server.');
  });
});
