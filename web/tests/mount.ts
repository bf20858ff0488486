import axe from 'axe-core';
import { render, type TemplateResult } from 'lit';
import { expect } from 'vitest';

interface Updating extends HTMLElement {
  updateComplete?: Promise<unknown>;
}

/** Puts a template on the page and waits until every element in it has rendered; answers its first element. */
export async function mount<T extends HTMLElement>(template: TemplateResult): Promise<T> {
  const root = document.createElement('main');
  document.body.replaceChildren(root);
  render(template, root);
  await settled(root);
  return root.firstElementChild as T;
}

/** Waits for all elements under *root*, also in shadow roots, to have rendered. */
export async function settled(root: ParentNode = document.body): Promise<void> {
  for (const element of root.querySelectorAll<Updating>('*')) {
    await element.updateComplete;
    if (element.shadowRoot) await settled(element.shadowRoot);
  }
}

/** The first element that fits, in the element's shadow root. */
export function inside<T extends Element>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector} in ${element.localName}`);
  return found;
}

/** Expects that axe finds nothing wrong on the page. */
export async function expectAccessible(): Promise<void> {
  // Half-way through a transition colours are not what they will be.
  await Promise.all(document.getAnimations().map((animation) => animation.finished));
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.html} (${node.any[0]?.message ?? ''})`).join(' ')}`)).toEqual([]);
}

/** The next event of this type. */
export function next<E extends Event>(target: EventTarget, type: string): Promise<E> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve(event as E), { once: true });
  });
}
