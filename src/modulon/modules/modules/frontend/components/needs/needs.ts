import { define, t } from '@modulon/sdk';
import '@modulon/kit/state';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import type { ModuleRead } from '../../api.js';
import { nameOf } from '../../names.js';
import { pictureOf, type Picture, type Place } from '../../rules.js';
import { stateTone } from '../../tones.js';

/** Of the picture, in pixels of its own grid. */
const BOX = { width: 132, height: 34, across: 44, down: 12 };

const startOf = ({ column }: Place): number => column * (BOX.width + BOX.across);

/** What a module needs and what needs it: a list for everyone, and beside it a picture for those who see. */
export class ModulesNeeds extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--s4);
        min-inline-size: 0;
      }
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: var(--s3) var(--s5);
      }
      h2 {
        font-size: var(--t-xs);
        font-weight: 550;
        color: var(--text-3);
        margin-block-end: 0.375rem;
      }
      ul {
        list-style: none;
        padding: 0;
        display: grid;
        gap: 0.25rem;
        font-size: var(--t-sm);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.625rem;
      }
      li code {
        font-size: var(--t-xs);
        color: var(--text-3);
      }
      li k-state {
        margin-inline-start: auto;
        font-size: var(--t-xs);
      }
      p {
        font-size: var(--t-sm);
        color: var(--text-3);
      }
      .frame {
        overflow: auto hidden;
        border-radius: var(--r-md);
        background: var(--surface);
        border: 1px solid var(--line);
        padding: var(--s4);
      }
      .picture {
        position: relative;
        margin-inline: auto;
        display: block;
      }
      .picture svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        overflow: visible;
        fill: none;
        stroke: var(--line-strong);
        stroke-width: 1.25;
      }
      .picture svg:dir(rtl) {
        scale: -1 1;
      }
      .tip {
        fill: var(--line-strong);
        stroke: none;
      }
      .place {
        position: absolute;
        display: flex;
        align-items: center;
        gap: 0.5rem;
        padding-inline: 0.625rem;
        border-radius: var(--r-sm);
        border: 1px solid var(--line);
        background: var(--raised);
        font-size: var(--t-xs);
        font-weight: 500;
        color: var(--text-2);
      }
      .place.self {
        background: var(--accent-soft);
        border-color: color-mix(in oklch, var(--accent) 45%, transparent);
        color: var(--accent-text);
      }
      .place span {
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* As wide as the name beside it leaves: the list says the same. */
      @media (max-width: 47.5rem) {
        .frame {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) module!: ModuleRead;
  @property({ attribute: false }) modules: readonly ModuleRead[] = [];

  override render(): TemplateResult {
    const { requires, optional, required_by } = this.module;
    const needs = [...Object.entries(requires).map(([id, versions]) => this.#line(id, versions)), ...Object.entries(optional).map(([id, versions]) => this.#line(id, versions, true))];
    return html`<div class="lists">
        <section>
          <h2>${t('modules.needs')}</h2>
          ${needs.length > 0 ? html`<ul>${needs}</ul>` : html`<p>${t('modules.needs_nothing')}</p>`}
        </section>
        <section>
          <h2>${t('modules.needed_by')}</h2>
          ${required_by.length > 0 ? html`<ul>${required_by.map((id) => this.#line(id))}</ul>` : html`<p>${t('modules.needed_by_nothing')}</p>`}
        </section>
      </div>
      ${Object.keys(requires).length + required_by.length > 0 ? this.#picture(pictureOf(this.modules, this.module.id)) : nothing}`;
  }

  #line(id: string, versions = '', optional = false): TemplateResult {
    const other = this.modules.find((one) => one.id === id);
    return html`<li>
      <span>${other?.name ?? id}</span>
      ${versions ? html`<code dir="ltr">${versions}</code>` : nothing} ${optional ? html`<code>${t('modules.optional')}</code>` : nothing}
      ${other ? html`<k-state tone=${stateTone(other.state)}>${t(`modules.state.${other.state}`)}</k-state>` : html`<k-state tone=${optional ? 'off' : 'bad'}>${t('modules.absent')}</k-state>`}
    </li>`;
  }

  #picture(picture: Picture): TemplateResult {
    const width = picture.columns * (BOX.width + BOX.across) - BOX.across;
    const height = picture.rows * (BOX.height + BOX.down) - BOX.down;
    const topOf = ({ row, of }: Place): number => (height - of * (BOX.height + BOX.down) + BOX.down) / 2 + row * (BOX.height + BOX.down);
    return html`<div class="frame" aria-hidden="true">
      <div class="picture" style="inline-size:${width}px;block-size:${height}px">
        <svg viewBox="0 0 ${width} ${height}">
          ${picture.lines.map(({ from, to }) => this.#way(startOf(from) + BOX.width, topOf(from) + BOX.height / 2, startOf(to), topOf(to) + BOX.height / 2))}
        </svg>
        ${picture.places.map((place) => this.#place(place, topOf(place)))}
      </div>
    </div>`;
  }

  /** From the end of one box to the start of another, with a tip. */
  #way(x: number, y: number, toX: number, toY: number): TemplateResult<2> {
    const bend = BOX.across / 2;
    return svg`<path d="M${x} ${y}C${x + bend} ${y} ${toX - 7 - bend} ${toY} ${toX - 7} ${toY}"></path><path class="tip" d="M${toX - 1} ${toY}l-7 -3.5v7z"></path>`;
  }

  #place({ id, column }: Place, top: number): TemplateResult {
    const other = this.modules.find((one) => one.id === id);
    const start = startOf({ id, column, row: 0, of: 1 });
    const size = `inset-inline-start:${String(start)}px;inset-block-start:${String(top)}px;inline-size:${String(BOX.width)}px;block-size:${String(BOX.height)}px`;
    return html`<div class="place ${id === this.module.id ? 'self' : ''}" style=${size}>
      <k-state tone=${other ? stateTone(other.state) : 'bad'}></k-state><span>${nameOf(this.modules, id)}</span>
    </div>`;
  }
}

define('m-modules-needs', ModulesNeeds);
