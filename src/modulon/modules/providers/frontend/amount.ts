import { formatNumber, locale } from '@modulon/sdk';

/** The digits of other scripts that people write numbers with: where zero is in Unicode. */
const ZEROS = [0x0660, 0x06f0];
const AMOUNT = /^\d{1,12}(\.\d{1,6})?$/;

function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code));
  });
}

/** What stands between thousands in the person's language. */
function groupSign(): string {
  const parts = new Intl.NumberFormat(locale()).formatToParts(1_234_567);
  return parts.find(({ type }) => type === 'group')?.value ?? '';
}

/**
 * The decimal text of an amount as people write it: `0,15`, `0.15`, `1.250,5`. A comma or a point that stands where the
 * person's language divides thousands does so; any other single one begins the fraction. Nothing if it is no amount.
 */
export function readAmount(text: string): string | undefined {
  const group = groupSign();
  let plain = asciiDigits(text.trim()).replaceAll('\u066b', ',').replaceAll(/[\s\u066c'’]/g, '');
  if (group === '.' || group === ',') {
    const fraction = group === '.' ? ',' : '\\.';
    const grouped = new RegExp(`^[1-9]\\d{0,2}(\\${group}\\d{3})+(${fraction}\\d*)?$`);
    if (grouped.test(plain)) plain = plain.replaceAll(group, '');
  }
  plain = plain.replace(',', '.');
  return AMOUNT.test(plain) ? plain : undefined;
}

/** A decimal text as the person writes it, to be changed in a field. */
export function writeAmount(amount: string): string {
  return formatNumber(Number(amount), { useGrouping: false, maximumFractionDigits: 6 });
}
