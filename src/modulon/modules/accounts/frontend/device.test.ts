import { describe, expect, it } from 'vitest';

import { deviceName, isHandheld } from './device.js';
import en from './locales/en.json';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1';

describe('a browser', () => {
  it('that says only what it is has that name', () => {
    expect(deviceName('curl/8.5')).toBe('curl');
  });

  it('that is a telephone is told apart', () => {
    expect([isHandheld(PHONE), isHandheld('Mozilla/5.0 (X11; Linux x86_64)'), isHandheld('')]).toEqual([true, false, false]);
  });

  it('has words for what it is on', () => {
    expect(en.account.on).toBe('{browser} on {system}');
  });
});
