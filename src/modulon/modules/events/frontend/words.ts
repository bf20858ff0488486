import { formatNumber, locale, t } from '@modulon/sdk';

import type { LoggedEvent } from './api.js';

/** A moment to the millisecond: events follow each other closely. */
export function moment(value: string, full = false): string {
  const date = new Date(value);
  const day: Intl.DateTimeFormatOptions = full ? { year: 'numeric', month: 'short', day: 'numeric' } : { month: '2-digit', day: '2-digit' };
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' };
  return new Intl.DateTimeFormat(locale(), { ...day, ...time }).format(date);
}

/** A person by name, an account that is gone, or the server itself: its modules and its command line. */
export function whoActed(one: Pick<LoggedEvent, 'actor' | 'actor_name'>): string {
  return one.actor_name ?? t(one.actor === null ? 'events.no_person' : 'events.gone_person');
}

/** The server counts no further. */
export const COUNTED_TO = 10_000;

/** A number, or that it is at least so many. */
export function counted(number: number): string {
  return number < COUNTED_TO ? formatNumber(number) : `${formatNumber(COUNTED_TO)}+`;
}
