export { addMessages, hasMessage, locale, setLocale, setWordsSource, t, wordsOf, type Messages } from './catalogue.js';
export { type Params } from './format.js';
export { formatBytes, formatCompact, formatDate, formatDuration, formatMoney, formatNumber, formatRelative } from './numbers.js';
