import type { ModuleRead } from './api.js';

type Tone = 'ok' | 'info' | 'bad' | 'off' | 'warn';

const TONES: Record<ModuleRead['state'], Tone> = {
  running: 'ok',
  starting: 'info',
  draining: 'info',
  failed: 'bad',
  blocked: 'bad',
  disabled: 'off',
};

/** The colour of a state. */
export function stateTone(state: ModuleRead['state']): Tone {
  return TONES[state];
}
