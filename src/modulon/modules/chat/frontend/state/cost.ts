/** What answers cost, in the person's words. */
import { formatMoney, t } from '@modulon/sdk';

import type { Cost } from '../api.js';

/** An amount for each currency, or that it was free; nothing if no price was known. */
export function amounts(costs: readonly Cost[]): string[] {
  const paid = costs.filter(({ amount }) => Number(amount) > 0);
  if (paid.length === 0 && costs.length > 0) return [t('chat.usage.free')];
  return paid.map(({ amount, currency }) => formatMoney(amount, currency));
}
