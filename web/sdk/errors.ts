import { ApiError } from '../core/api/problem.js';
import { hasMessage, t } from '../core/i18n/index.js';

/**
 * The words for *code*: those of *module*, of the code's owner (`providers.key_refused` is
 * `providers.errors.key_refused`) or of the shell, which has them for all that is no module's.
 */
function wordsFor(code: string, module = ''): string | undefined {
  const [owner = '', ...rest] = code.split('.');
  return [`${module}.errors.${code}`, `${owner}.errors.${rest.join('.')}`, `shell.errors.${code}`].find(hasMessage);
}

/** A sentence for a failed request: in the words of *module*, of the code's owner or of the shell, else what the server says. */
export function errorText(error: unknown, module = ''): string {
  if (!(error instanceof ApiError)) return t('shell.errors.unexpected');
  const key = wordsFor(error.code, module);
  if (key !== undefined) return t(key, error.params);
  return error.message || t('shell.errors.unexpected');
}

/** A sentence for a fault that the server has kept: the words of the code's owner or of the shell, else what the server says. */
export function faultText({ code, detail }: { code: string; detail: string }): string {
  const key = wordsFor(code);
  return key === undefined ? detail : t(key);
}

/** A sentence for each of *names* that the server did not accept. */
export function fieldTexts(error: unknown, names: readonly string[], module = ''): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const wrong = names.filter((name) => name in error.fields);
  return Object.fromEntries(
    wrong.map((name) => {
      const told = error.fields[name] ?? '';
      return [name, told.includes(' ') ? told : errorText(error, module)];
    }),
  );
}
