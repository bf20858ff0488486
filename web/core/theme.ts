import { storage } from './storage.js';
import { Store } from './store.js';

export interface Theme {
  mode: 'system' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
}

function read(): Theme {
  const mode = storage.get('theme');
  return {
    mode: mode === 'light' || mode === 'dark' ? mode : 'system',
    density: storage.get('density') === 'compact' ? 'compact' : 'comfortable',
  };
}

/** How the page looks in this browser. */
export const theme = new Store<Theme>(read());

function apply({ mode, density }: Theme): void {
  const { dataset } = document.documentElement;
  if (mode === 'system') delete dataset['theme'];
  else dataset['theme'] = mode;
  dataset['density'] = density;
}

/** Changes the look in this browser. Somebody who is signed in changes it by `changePreferences`. */
export function setTheme(change: Partial<Theme>): void {
  keepTheme({ ...theme.value, ...change });
}

/** Shows a look and keeps it for the next start. */
export function keepTheme(next: Theme): void {
  storage.set('theme', next.mode);
  storage.set('density', next.density);
  apply(next);
  theme.set(next);
}

/** Applies the kept look, and follows a change made in another tab. */
export function startTheme(): void {
  apply(theme.value);
  window.addEventListener('storage', () => {
    const next = read();
    apply(next);
    theme.set(next);
  });
}
