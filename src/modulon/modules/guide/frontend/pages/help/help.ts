import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { Media, Watch, define, route, setPageTitle, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import '@modulon/kit/markdown';
import '@modulon/kit/skeleton';
import { base, page } from '@modulon/kit/styles';

import { IMAGES, type HelpPage, type HelpSection } from '../../api.js';
import '../../components/contents/contents.js';
import '../../components/found/found.js';
import { HELP, helpPath } from '../../paths.js';
import { Documentation } from '../../state.js';
import { styles } from './help.styles.js';

/** The documentation: the list of pages, one of them with its headings, or what a search found. */
export class GuideHelp extends LitElement {
  static override styles = [base, page, styles];

  @property({ attribute: false }) params: Readonly<Record<string, string>> = {};
  @state() private text = '';
  @query('.page') private readonly pageElement!: HTMLElement;

  readonly #documentation = new Documentation();
  readonly #shown = new Watch(this, this.#documentation.state);
  readonly #route = new Watch(this, route);
  readonly #narrow = new Media(this, '(max-width: 47.5rem)');
  /** The address that was last scrolled to. */
  #at = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#documentation.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('params')) return;
    this.text = '';
    this.#documentation.search('');
    void this.#documentation.open(this.params['group'] ?? '', this.params['name'] ?? '');
  }

  protected override updated(): void {
    const { page: shown, hits } = this.#shown.value;
    setPageTitle(shown?.title ?? t('guide.title'));
    const { path, hash } = this.#route.value;
    const at = `${path}#${hash}`;
    if (shown === null || hits !== null || at === this.#at || path !== helpPath(shown.id)) return;
    this.#at = at;
    void this.#scrollTo(decodeURIComponent(hash));
  }

  /** Goes to a heading once the documents above it have their height, and takes the focus along. */
  async #scrollTo(anchor: string): Promise<void> {
    await Promise.all([...this.renderRoot.querySelectorAll('k-markdown')].map((one) => one.updateComplete));
    const section = anchor === '' ? null : this.renderRoot.querySelector(`#${CSS.escape(anchor)}`);
    if (section === null) {
      this.pageElement.scrollTop = 0;
      return;
    }
    section.scrollIntoView();
    section.querySelector<HTMLElement>('h2, h3')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { page: shown } = this.#shown.value;
    const inner = shown !== null || this.params['group'] !== undefined;
    const heading = shown?.title ?? t('guide.title');
    return html`<k-header lined heading=${heading} crumb=${inner ? t('guide.title') : ''} crumb-href=${HELP}></k-header>
      <div class="all">
        <nav class="pages" aria-label=${t('guide.pages')}>
          <k-field compact label-hidden icon="search" type="search" label=${t('guide.search')} placeholder=${t('guide.search')} maxlength="200" .value=${this.text} @input=${this.#typed}></k-field>
          ${this.#narrow.matches ? nothing : this.#contents()}
        </nav>
        ${this.#main()}
      </div>`;
  }

  #contents(): TemplateResult {
    const { pages, page: shown } = this.#shown.value;
    if (pages === null) return html`<k-skeleton rows lines="6"></k-skeleton>`;
    return html`<m-guide-contents .pages=${pages} current=${shown?.id ?? ''}></m-guide-contents>`;
  }

  #main(): TemplateResult {
    const { page: shown, hits, problem, unknown } = this.#shown.value;
    const toc = hits === null && shown !== null && shown.sections.length > 2;
    return html`<div class="page ${toc ? '' : 'wide'}" tabindex="0" role="region" aria-label=${shown?.title ?? t('guide.title')}>
      ${problem === '' ? this.#content(unknown) : this.#failed(problem)} ${toc ? this.#toc(shown) : nothing}
    </div>`;
  }

  #content(unknown: boolean): TemplateResult {
    const { page: shown, hits } = this.#shown.value;
    if (hits !== null) return html`<m-guide-found .hits=${hits} query=${this.text.trim()}></m-guide-found>`;
    if (unknown) return html`<k-empty-state icon="book-open" heading=${t('guide.unknown')} text=${t('guide.unknown_text')}></k-empty-state>`;
    if (shown !== null) return html`<article>${shown.sections.map((section, index) => this.#section(shown, section, index))}</article>`;
    return this.params['group'] === undefined ? this.#overview() : html`<k-skeleton lines="8"></k-skeleton>`;
  }

  #overview(): TemplateResult {
    return html`<div>
      <p class="intro">${t('guide.about')}</p>
      ${this.#narrow.matches ? this.#contents() : this.#start()}
    </div>`;
  }

  #start(): TemplateResult {
    const pages = (this.#shown.value.pages ?? []).filter(({ group }) => group === 'guide');
    return html`<ul class="start">
      ${pages.map(({ id, title }) => html`<li><a href=${helpPath(id)}>${title}</a></li>`)}
    </ul>`;
  }

  #section(shown: HelpPage, { anchor, level, title, text }: HelpSection, index: number): TemplateResult {
    const link = html`<a href=${helpPath(shown.id, anchor)}>${title}</a>`;
    const heading = level > 2 ? html`<h3 tabindex="-1">${link}</h3>` : html`<h2 tabindex="-1" class=${index === 0 ? 'title' : ''}>${link}</h2>`;
    return html`<section id=${anchor}>
      ${title === '' ? nothing : heading}
      <k-markdown images=${IMAGES} .text=${text} heading-level="4"></k-markdown>
    </section>`;
  }

  #toc(shown: HelpPage): TemplateResult {
    const sections = shown.sections.filter(({ level }) => level > 1 && level < 4);
    return html`<nav class="toc" aria-label=${t('guide.on_this_page')}>
      <b aria-hidden="true">${t('guide.on_this_page')}</b>
      <ul>
        ${sections.map(({ anchor, level, title }) => html`<li class=${level > 2 ? 'deep' : ''}><a href=${helpPath(shown.id, anchor)}>${title}</a></li>`)}
      </ul>
    </nav>`;
  }

  #failed(problem: string): TemplateResult {
    return html`<k-banner tone="bad" role="alert" heading=${t('guide.failed')}>
      ${problem}<k-button slot="action" size="sm" variant="line" @click=${this.#again}>${t('guide.retry')}</k-button>
    </k-banner>`;
  }

  readonly #again = (): void => {
    void this.#documentation.open(this.params['group'] ?? '', this.params['name'] ?? '');
    this.#documentation.search(this.text);
  };

  readonly #typed = (event: Event): void => {
    this.text = (event.currentTarget as KField).value;
    this.#documentation.search(this.text);
  };
}

define('m-guide-help', GuideHelp);
