import { formatMoney, t } from '@modulon/sdk';

import type { ProviderModel } from '../../api.js';

/** What a million tokens read and written cost: `$0.15 / $0.60`; a dash if it is not known. */
export function priceText({ price }: ProviderModel): string {
  if (price === null) return '–';
  if ([price.input, price.output, price.cached ?? '0'].every((amount) => Number(amount) === 0)) return t('providers.price.free');
  return [price.input, price.output].map((amount) => formatMoney(amount, price.currency, { exact: true })).join(' / ');
}
