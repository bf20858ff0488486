export { addMessages, hasMessage, locale, setLocale, t, type Messages } from './catalogue.js';
export { type Params } from './format.js';
export { formatBytes, formatCompact, formatDate, formatDuration, formatMoney, formatNumber, formatRelative } from './numbers.js';
