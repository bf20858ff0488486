import { describe, expect, it } from 'vitest';

import { hostOf, placeOf } from './place.js';
import { PRESETS } from './presets.fixture.js';
import { recognised } from './presets.js';

describe('where a provider is', () => {
  it.each([
    ['http://127.0.0.1:11434/v1', 'local'],
    ['http://localhost:1234', 'local'],
    ['http://[::1]:8080/v1', 'local'],
    ['http://192.168.1.7:8000', 'network'],
    ['http://172.31.0.1', 'network'],
    ['http://gpu-box.home.arpa:8000/v1', 'network'],
    ['http://gpu-box:8000/v1', 'network'],
    ['https://api.openai.com/v1', 'cloud'],
    ['http://172.32.0.1', 'cloud'],
    ['https://localhost.example.com', 'cloud'],
    ['not an address', 'cloud'],
  ])('%s is %s', (endpoint, place) => {
    expect(placeOf(endpoint)).toBe(place);
  });

  it('is written short', () => {
    expect([hostOf('https://api.openai.com/v1'), hostOf('half an')]).toEqual(['api.openai.com', 'half an']);
  });
});

describe('whose key it is', () => {
  const slugs = (key: string): string[] => recognised(key, PRESETS).map((one) => one.slug);

  it('is told by its shape, whole', () => {
    expect(slugs(` sk-ant-api03-${'x'.repeat(30)}\n`)).toEqual(['anthropic']);
    expect(slugs(`xsk-ant-api03-${'x'.repeat(30)} y`)).toEqual([]);
  });

  it('can be one of several', () => {
    expect(slugs('0123456789abcdef'.repeat(2))).toEqual(['mistral', 'azure']);
  });
});
