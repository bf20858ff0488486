import { ApiError } from '../core/api/problem.js';
import { hasMessage, t } from '../core/i18n/index.js';

/**
 * A sentence for a failed request: the module's own words for its code (`<module>.errors.<code>`), else the shell's,
 * else what the server says.
 */
export function errorText(error: unknown, module = ''): string {
  if (!(error instanceof ApiError)) return t('shell.errors.unexpected');
  const code = error.code.replaceAll('.', '_');
  const keys = [`${module}.errors.${error.code}`, `${module}.errors.${code}`, `shell.errors.${error.code}`];
  const key = keys.find((one) => hasMessage(one));
  if (key !== undefined) return t(key, error.params);
  return error.message || t('shell.errors.unexpected');
}
