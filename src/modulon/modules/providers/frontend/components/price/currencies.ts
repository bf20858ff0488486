import { locale } from '@modulon/sdk';
import type { Option } from '@modulon/kit/select';

/** In these most vendors write their prices: they stand first. */
const FIRST = ['USD', 'EUR', 'GBP', 'CHF', 'CNY', 'JPY', 'INR'];

/** All currencies the browser knows by the person's words for them, and *own* even if it knows it not. */
export function currencyOptions(own: string): Option[] {
  const names = new Intl.DisplayNames([locale()], { type: 'currency' });
  const others = [own, ...Intl.supportedValuesOf('currency')].filter((code) => !FIRST.includes(code));
  return [...FIRST, ...new Set(others)].map((value) => {
    const name = names.of(value) ?? value;
    return { value, label: name === value ? value : `${value} – ${name}` };
  });
}
