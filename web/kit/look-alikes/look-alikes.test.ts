import { html, render } from 'lit';
import { describe, expect, it } from 'vitest';

import './index.js';
import { hasLookAlikes } from './letters.js';

const MISLEADING = {
  'a Cyrillic о behind a hyphen': 'gpt-4\u043e',
  'a Greek ο behind a hyphen': 'gpt-4\u03bf',
  'a Cyrillic З for 3': 'gpt-\u0417.5',
  'a Cyrillic О in front': '\u041epenAI',
  'a Cyrillic і with dots': 'Openai \u041epena\u0456',
  'an accented one': 'Caf\u0435\u0301-Latin Caf\u0435\u0301s',
  'a Greek Α in front': '\u0391nthropic',
  'an Armenian ո': 'A\u0578thropic',
  'a Cherokee Ꮯ': '\u13dflaude',
  'a whole part': 'openai/\u0441\u043e\u0440\u0430',
  'a Latin letter in a Russian word': 'Мo\u0441ква',
  'a Latin letter in a Greek word': 'Aθήνα',
  'a second word': 'The \u0430pple',
};

const NORMAL = {
  plain: 'gpt-4o',
  accented: 'Café Zoë',
  Russian: 'Яндекс',
  'Russian of look-alikes alone': 'соса',
  'Russian with a Latin word': 'Модель GPT для нас',
  'a Russian preposition beside a Latin word': 'Вопросы о Python',
  'a Russian word joined to a Latin one': 'IT-отдел',
  'Russian with a number': 'Сайга-2',
  Ukrainian: 'Їжак і Київ',
  Serbian: 'Љубав',
  Greek: 'Ελλάδα',
  'a Greek letter that counts': 'α-test γ-Modell',
  'a unit': '10MΩ 5µm',
  'the micro sign': 'µTorrent',
  'the Greek letter mu': '\u03bcTorrent',
  'a Greek letter that looks like none': 'Ωmega Δelta',
  'a Russian letter that looks like none': 'Яndex',
  Japanese: 'ChatGPTくん 東京Tower カタカナLLM',
  Chinese: 'Qwen通义千问',
  Korean: 'Naver네이버',
  Arabic: 'نموذج GPT',
  Hebrew: 'דגם-GPT',
  Armenian: 'Հայաստան',
  Cherokee: 'ᏣᎳᎩ',
  Thai: 'ไทยGPT',
  Hindi: 'हिन्दी LLM',
  pictures: '🚀 Rocket',
  nothing: '',
};

describe('names with letters that look alike', () => {
  it.each(Object.entries(MISLEADING))('%s is marked', (_, name) => {
    expect(hasLookAlikes(name)).toBe(true);
  });

  it.each(Object.entries(NORMAL))('%s is not', (_, name) => {
    expect(hasLookAlikes(name)).toBe(false);
  });
});

it('the mark says why it is there, and is not there without a reason', async () => {
  const place = document.createElement('div');
  document.body.append(place);
  render(html`<k-look-alikes name="gpt-4\u043e"></k-look-alikes><k-look-alikes name="gpt-4o"></k-look-alikes>`, place);
  const [marked, plain] = [...place.querySelectorAll('k-look-alikes')];
  await marked?.updateComplete;
  await plain?.updateComplete;
  expect(marked?.shadowRoot?.querySelector('[role=img]')?.getAttribute('aria-label')).toContain('alphabets');
  expect(plain?.shadowRoot?.querySelector('[role=img]')).toBeNull();
  place.remove();
});
