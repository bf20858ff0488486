/** Styles for pages: `static styles = [base, page, css`…`]`. */
export { base } from '../base.styles.js';
export { page } from '../page.styles.js';
export { settingsPage } from '../settings.styles.js';
