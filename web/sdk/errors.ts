import { ApiError, type Fault } from '../core/api/problem.js';
import { hasMessage, t } from '../core/i18n/index.js';

/**
 * The words for *code*: those of *module*, of the code's owner (`providers.key_refused` is
 * `providers.errors.key_refused`) or of the shell, which has them for all that is no module's.
 */
function wordsFor(code: string, module = ''): string | undefined {
  const [owner = '', ...rest] = code.split('.');
  return [`${module}.errors.${code}`, `${owner}.errors.${rest.join('.')}`, `shell.errors.${code}`].find(hasMessage);
}

/** A sentence for *fault*: in the words of *module*, of the code's owner or of the shell, else what the server says. */
export function faultText({ code, detail, params }: Fault, module = ''): string {
  const key = wordsFor(code, module);
  return key === undefined ? detail || t('shell.errors.unexpected') : t(key, params);
}

/** A sentence for a failed request. */
export function errorText(error: unknown, module = ''): string {
  if (!(error instanceof ApiError)) return t('shell.errors.unexpected');
  return faultText({ code: error.code, detail: error.message, params: error.params }, module);
}

/** A sentence for each of *names* that the server did not accept. */
export function fieldTexts(error: unknown, names: readonly string[], module = ''): Record<string, string> {
  const wrong = error instanceof ApiError ? Object.entries(error.fields) : [];
  return Object.fromEntries(wrong.filter(([name]) => names.includes(name)).map(([name, fault]) => [name, faultText(fault, module)]));
}
