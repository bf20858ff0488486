import { html, LitElement, type TemplateResult } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { ModuleState } from '../../core/page-state.js';
import { inside, mount, settled } from '../../tests/mount.js';
import { registry } from '../modules/index.js';
import { startWords } from '../words.js';
import './part.js';

await startWords();

class Fragile extends LitElement {
  static override properties = { value: {} };
  declare value: string;

  override render(): TemplateResult {
    if (this.value === 'break') throw new Error('broken');
    return html`<p>${this.value}</p>`;
  }
}
customElements.define('m-test-fragile', Fragile);

const module: ModuleState = { id: 'test', version: '1', entry: null, contributes: { page: [], ui: [], command: [] }, locales: {} };

describe('the boundary around a contributed element', () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);

  afterEach(() => {
    logged.mockClear();
  });

  const part = async (tag: string, data: Record<string, unknown>): Promise<HTMLElement> => {
    const element = await mount(html`<modulon-part tag=${tag} .module=${module} .data=${data}></modulon-part>`);
    await vi.waitFor(async () => {
      await settled();
      expect(element.shadowRoot?.childElementCount).toBeGreaterThan(0);
    });
    return element;
  };

  it('gives it its data', async () => {
    const element = await part('m-test-fragile', { value: 'hello' });
    expect(inside(inside(element, 'm-test-fragile'), 'p').textContent).toBe('hello');
  });

  it('says which module failed, in its place, and can try again', async () => {
    const element = await part('m-test-fragile', { value: 'break' });
    await vi.waitFor(() => {
      expect(inside(element, 'k-empty-state').getAttribute('heading')).toContain('test');
    });
    expect(logged).toHaveBeenCalled();
    Object.assign(element, { data: { value: 'fine' } });
    inside<HTMLElement>(element, 'k-button').click();
    await vi.waitFor(() => {
      expect(inside(inside(element, 'm-test-fragile'), 'p').textContent).toBe('fine');
    });
  });

  it('fails alone when the module cannot be loaded', async () => {
    const failing = vi.spyOn(registry, 'element').mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const element = await part('m-test-missing', {});
    await vi.waitFor(() => {
      expect(inside(element, '.failed').role ?? inside(element, '.failed').getAttribute('role')).toBe('alert');
    });
    failing.mockRestore();
  });
});
