import { locale } from './catalogue.js';
import { isRightToLeft } from './direction.js';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(key: string, make: () => T): T {
  const name = `${locale()} ${key}`;
  const found = (cache.get(name) as T | undefined) ?? make();
  cache.set(name, found);
  return found;
}

/** `1,284`; *options* as for `Intl.NumberFormat`. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return kept(JSON.stringify(options), () => new Intl.NumberFormat(locale(), options)).format(value);
}

/** `200k`, `1M`: short, for tables. */
export function formatCompact(value: number): string {
  return formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 });
}

/** A date and, with style `time`, the time of day. Accepts RFC 3339 text. */
export function formatDate(value: string | Date, style: 'date' | 'time' | 'full' = 'date'): string {
  const options: Record<typeof style, Intl.DateTimeFormatOptions> = {
    date: { day: 'numeric', month: 'short', year: 'numeric' },
    time: { hour: '2-digit', minute: '2-digit' },
    full: { dateStyle: 'medium', timeStyle: 'short' },
  };
  return kept(`date ${style}`, () => new Intl.DateTimeFormat(locale(), options[style])).format(new Date(value));
}

const STEPS: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [30 * 86_400, 86_400, 'day'],
  [365 * 86_400, 30 * 86_400, 'month'],
  [Infinity, 365 * 86_400, 'year'],
];

/** `3 minutes ago`, `yesterday`. *now* in milliseconds. */
export function formatRelative(value: string | Date, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? STEPS[0];
  const [, size, unit] = step ?? [0, 1, 'second'];
  const format = kept('relative', () => new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }));
  return format.format(Math.trunc(seconds / size), unit);
}

const SIGNS = { millisecond: 'ms', second: 's', minute: 'min' };

function amount(value: number, unit: keyof typeof SIGNS, maximumFractionDigits: number): string {
  if (isRightToLeft(locale())) return formatNumber(value, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits });
  // In Latin letters the units' signs are the same in every language; the browser would write "sec".
  return `${formatNumber(value, { maximumFractionDigits })}\u00a0${SIGNS[unit]}`;
}

/** `9 ms`, `0.41 s`, `7.2 s`, `3 min`; in the letters of a language from right to left. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 100) return amount(milliseconds, 'millisecond', 0);
  if (milliseconds < 1000) return amount(milliseconds / 1000, 'second', 2);
  if (milliseconds < 60_000) return amount(milliseconds / 1000, 'second', 1);
  return amount(milliseconds / 60_000, 'minute', 0);
}

/**
 * `$12.50`, and of less than one as many digits as tell its size: `$0.0004`. *amount* is a decimal text; *exact* shows
 * each of its six digits that is there, for prices.
 */
export function formatMoney(amount: string, currency: string, { exact = false } = {}): string {
  const value = Number(amount);
  const small = value > 0 && value < 1 ? { maximumFractionDigits: Math.min(6, Math.max(2, Math.ceil(-Math.log10(value)) + 1)) } : {};
  // From right to left a sign beside Latin letters would change places with them: "US$" would be read "$US".
  const currencyDisplay = isRightToLeft(locale()) ? 'code' : 'symbol';
  return formatNumber(value, { style: 'currency', currency, currencyDisplay, ...(exact ? { maximumFractionDigits: 6 } : small) });
}

/** `2.1 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  return formatNumber(bytes / 1000 ** power, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  });
}
