import { readPageState } from './page-state.js';

/** What the server wrote into this page when it was loaded. */
export const pageState = readPageState();
