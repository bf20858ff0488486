/** One top-level block of a document as DOM. */
import { slotIndex, type Slot } from './html.js';
import { blockHtml, type Links } from './lexer.js';
import { webAddress } from './links.js';
import type { MarkdownParts } from './parts.js';
import { IMAGE_SOURCE, SLOT, sanitize } from './sanitize.js';

const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i;

function buildPart(slot: Slot, parts: MarkdownParts): HTMLElement {
  if (slot.kind === 'math') return parts.math(slot.tex, slot.display);
  if (slot.kind === 'task') return parts.task(slot.done);
  const code = parts.code(slot.language);
  code.append(slot.text);
  code.close();
  return code.element;
}

function fill(place: Element, slot: Slot, parts: MarkdownParts): void {
  if (slot.kind === 'task') place.closest('li')?.classList.add('task-item');
  place.replaceWith(buildPart(slot, parts));
}

function fillSlots(fragment: DocumentFragment, slots: readonly Slot[], parts: MarkdownParts): void {
  for (const place of fragment.querySelectorAll(`[${SLOT}]`)) {
    const slot = slots[slotIndex(place.getAttribute(SLOT))];
    if (slot === undefined) place.removeAttribute(SLOT);
    else fill(place, slot, parts);
  }
}

function placeImages(fragment: DocumentFragment, parts: MarkdownParts): void {
  for (const image of fragment.querySelectorAll('img')) {
    const source = image.getAttribute(IMAGE_SOURCE) ?? '';
    image.removeAttribute(IMAGE_SOURCE);
    if (EMBEDDED_IMAGE.test(source) || parts.ownImage?.(source) === true) image.src = source;
    else image.replaceWith(parts.remoteImage(image.alt, webAddress(source)));
  }
}

const NUMBER = /^[\p{Sc}~≈<>±+\-−–(]*\s?\d[\d\s.,'’]*\s?[\p{Sc}%‰kKMGTBx×)a-zµ°]{0,4}$/u;

function isNumeric(cell: Element): boolean {
  const text = cell.textContent.trim();
  return text === '' || text === '–' || text === '-' || NUMBER.test(text);
}

/** Columns of numbers are set to the end, as long as the document does not say otherwise. */
function alignNumbers(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  heads.forEach((head, column) => {
    const cells = rows.map((row) => row.cells[column]).filter((cell) => cell !== undefined);
    const decided = head.hasAttribute('align') || cells.every((cell) => cell.textContent.trim() === '');
    if (decided || !cells.every(isNumeric)) return;
    for (const cell of [head, ...cells]) cell.setAttribute('align', 'right');
  });
}

function dressTables(fragment: DocumentFragment, parts: MarkdownParts): void {
  for (const table of fragment.querySelectorAll('table')) {
    alignNumbers(table);
    for (const head of table.querySelectorAll('thead th')) head.setAttribute('scope', 'col');
    const mark = document.createComment('');
    table.replaceWith(mark);
    mark.replaceWith(parts.table(table));
  }
}

/**
 * An empty block; the direction of its text is found by itself. It says what it begins with, since asking for that by
 * `:has()` in a style sheet would cost at every flush.
 */
export function emptyBlock(first: Element | null = null): HTMLElement {
  const block = document.createElement('div');
  block.dir = 'auto';
  if (first !== null && /^H[1-6]$/.test(first.tagName)) block.className = 'heading';
  return block;
}

/**
 * Renders the source of one top-level block.
 * @param links see `blockHtml`
 */
export function renderBlock(raw: string, links: Links, parts: MarkdownParts): HTMLElement {
  const { html, slots } = blockHtml(raw, links);
  const fragment = sanitize(html);
  placeImages(fragment, parts);
  fillSlots(fragment, slots, parts);
  dressTables(fragment, parts);
  const block = emptyBlock(fragment.firstElementChild);
  block.append(fragment);
  return block;
}
