import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { Watch, announce, define, keyLabel, online, t } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/kbd';
import { base } from '@modulon/kit/styles';

import { focusWanted } from '../../actions.js';
import type { Outgoing } from '../../api.js';
import { keepDraft, keepLastModel, lastModel, readDraft } from '../../state/drafts.js';
import { findModel, isRemembered, loadModels, modelName, models, nameOf, nextModel, reasonOf, type Next } from '../../state/models.js';
import '../chat-models/chat-models.js';
import type { ChatModels } from '../chat-models/chat-models.js';
import { styles } from './chat-composer.styles.js';

/** Browsers that do not size a text box by its content yet are helped. */
const SIZES_ITSELF = CSS.supports('field-sizing', 'content');
/** Safari ends a composition before it tells of the Enter that ended it. */
const AFTER_COMPOSING_MS = 50;
const TOUCH = matchMedia('(pointer: coarse)');

/**
 * `m-chat-composer`: where one writes. What is written and the model chosen are kept for each conversation.
 *
 * @fires m-send - `detail` is an `Outgoing`
 * @fires m-stop - the answer is to be stopped
 */
export class ChatComposer extends LitElement {
  static override styles = [base, styles];

  /** null for a conversation that has not begun. */
  @property({ attribute: false }) conversationId: string | null = null;
  /** The model of the conversation so far, '' if there is none. */
  @property() model = '';
  /** What was said so far is not known yet, and so neither the model nor what the next message follows. */
  @property({ type: Boolean }) loading = false;
  /** An answer is being written. */
  @property({ type: Boolean }) writing = false;
  @property({ type: Boolean }) stopping = false;
  /** The connection to the answer is broken for the moment. */
  @property({ type: Boolean }) reconnecting = false;
  @state() private text = '';
  @state() private chosen: string | null = null;
  /** The model that was in no list, and for whose sake the list was asked for anew. */
  @state() private sought = '';
  @query('textarea') private readonly area!: HTMLTextAreaElement;
  @query('m-chat-models') private readonly picker!: ChatModels;

  readonly #online = new Watch(this, online);
  readonly #models = new Watch(this, models);

  constructor() {
    super();
    new Watch(this, focusWanted, () => { this.focus(); });
  }

  override focus(): void {
    void this.updateComplete.then(() => { this.area.focus(); });
  }

  chooseModel(): void {
    this.picker.show();
  }

  /** Puts text back that was on its way. */
  restore(text: string): void {
    this.#write(this.text === '' ? text : `${text}\n\n${this.text}`);
    this.focus();
  }

  /** The model the next message goes to, '' while that is not known. */
  get modelId(): string {
    return this.#next.id ?? '';
  }

  /** The models that are to answer, the likeliest first. */
  get #wanted(): string[] {
    return [this.chosen, this.model, lastModel()].filter((id): id is string => id !== null && id !== '');
  }

  get #next(): Next {
    const { chosen } = this;
    // one that was chosen here stays so while it is out of order, and the note says why
    const stays = chosen !== null && (this.#models.value.items === null || findModel(chosen) !== undefined);
    if (stays || this.loading) return { id: stays ? chosen : null, replaces: null, gone: false };
    return nextModel(this.#models.value, this.#wanted, this.sought);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversationId')) this.#enter();
    this.#seek();
  }

  #enter(): void {
    this.#early = false;
    this.#seeking = this.sought = '';
    const { text, model } = readDraft(this.conversationId);
    this.text = text;
    this.chosen = model;
  }

  #seeking = '';

  /** Asks for the list anew, once, for the sake of a model that is in none. */
  #seek(): void {
    const { items, error } = this.#models.value;
    if (this.loading || items === null || error !== null) return;
    const [wanted] = this.#wanted;
    if (wanted === undefined || wanted === this.#seeking || findModel(wanted) !== undefined) return;
    this.#seeking = wanted;
    void loadModels().then(() => {
      if (this.#seeking === wanted) this.sought = wanted;
    });
  }

  protected override updated(): void {
    this.#sendEarly();
    if (SIZES_ITSELF) return;
    this.area.style.blockSize = 'auto';
    this.area.style.blockSize = `${String(this.area.scrollHeight)}px`;
  }

  protected override render(): TemplateResult {
    return html`<form aria-label=${t('chat.composer.label')} @submit=${this.#send} @pointerdown=${this.#pressedAround}>
        <textarea
          rows="1"
          dir=${this.text === '' ? nothing : 'auto'}
          aria-label=${t('chat.composer.label')}
          aria-describedby="note"
          placeholder=${t('chat.composer.placeholder')}
          enterkeyhint=${TOUCH.matches ? 'enter' : 'send'}
          .value=${this.text}
          @input=${this.#typed}
          @compositionend=${this.#composed}
          @keydown=${this.#pressed}
        ></textarea>
        <div class="row">
          <modulon-slot name="composer.tool" .data=${{ conversationId: this.conversationId }}></modulon-slot>
          <span class="space"></span>
          <m-chat-models .value=${this.modelId} @m-choose=${this.#choose}></m-chat-models>
          ${this.writing ? this.#stopButton() : this.#sendButton()}
        </div>
      </form>
      <div class="foot">${this.#note()}${this.#keys()}</div>`;
  }

  #sendButton(): TemplateResult {
    return html`<button class="send" aria-label=${t('chat.composer.send')} aria-disabled=${this.#ready ? nothing : 'true'}>${icon('arrow-up')}</button>`;
  }

  #stopButton(): TemplateResult {
    const label = t(this.stopping ? 'chat.composer.stopping' : 'chat.composer.stop');
    return html`<button type="button" class="send stop" aria-label=${label} aria-disabled=${this.stopping ? 'true' : nothing} @click=${this.#stop}>${icon('square')}</button>`;
  }

  #note(): TemplateResult | typeof nothing {
    const note = this.#noteText;
    return note === '' ? nothing : html`<span class="note" id="note" role="status">${note}</span>`;
  }

  get #noteText(): string {
    if (!this.#online.value) return t('chat.composer.offline');
    if (this.reconnecting) return t('chat.composer.reconnecting');
    if (this.writing && this.text.trim() !== '') return t('chat.composer.busy');
    const next = this.#next;
    if (next.replaces !== null) return this.#replacedText(next.replaces, next);
    const model = findModel(this.modelId);
    if (model?.available !== false) return '';
    return t('chat.composer.gone', { name: nameOf(model), reason: reasonOf(model) });
  }

  #replacedText(old: string, { id, gone }: Next): string {
    const key = (gone ? 'lost' : 'paused') + (id === '' ? '_none' : '');
    const [name, other] = [modelName(old), modelName(id)];
    // two providers may have a model of one name
    return t(`chat.composer.${key}`, name === other ? { name: old, other: id ?? '' } : { name, other });
  }

  #keys(): TemplateResult {
    return html`<span class="keys" aria-hidden="true"><k-kbd>${keyLabel('Enter')}</k-kbd>${t('chat.composer.send_key')}</span>
      <span class="keys" aria-hidden="true"><k-kbd>${keyLabel('Shift+Enter')}</k-kbd>${t('chat.composer.line_key')}</span>`;
  }

  get #ready(): boolean {
    return this.text.trim() !== '' && this.modelId !== '' && !this.writing && !this.loading;
  }

  #composedAt = -Infinity;
  readonly #composed = (event: Event): void => {
    this.#composedAt = event.timeStamp;
  };

  readonly #typed = (): void => {
    this.#early = false;
    this.#write(this.area.value);
  };

  #write(text: string): void {
    this.text = text;
    keepDraft(this.conversationId, { text, model: this.chosen });
  }

  readonly #choose = (event: CustomEvent<string>): void => {
    this.chosen = event.detail;
    keepLastModel(event.detail);
    keepDraft(this.conversationId, { text: this.text, model: this.chosen });
  };

  /** Enter sends, but not while an input method composes, and on a phone it begins a line. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const composing = event.isComposing || event.timeStamp - this.#composedAt < AFTER_COMPOSING_MS;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || composing) return;
    if (TOUCH.matches && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#send(event);
  };

  /** The whole box is a place to write. */
  readonly #pressedAround = (event: Event): void => {
    if (event.composedPath()[0] !== event.currentTarget) return;
    event.preventDefault();
    this.area.focus();
  };

  readonly #send = (event: Event): void => {
    event.preventDefault();
    if (this.writing) {
      announce(t('chat.composer.busy'));
      return;
    }
    if (this.#ready) this.#submit();
    else this.#early = this.text.trim() !== '' && this.#next.id === null;
  };

  /** Enter was pressed before it was known which models there are, or what it follows: it counts as soon as it is. */
  #early = false;

  #sendEarly(): void {
    if (!this.#early || !this.#ready) return;
    if (this.#next.replaces === null) this.#submit();
    else this.#early = false; // it was not meant for the model that answers now
  }

  #submit(): void {
    this.#early = false;
    const detail: Outgoing = { text: this.text.trim(), model: this.modelId };
    if (isRemembered(findModel(detail.model), this.chosen !== null)) keepLastModel(detail.model);
    // from now on the conversation goes on with what answers
    if (this.chosen !== detail.model) this.chosen = null;
    this.#write('');
    this.dispatchEvent(new CustomEvent<Outgoing>('m-send', { detail }));
  }

  readonly #stop = (): void => {
    if (!this.stopping) this.dispatchEvent(new CustomEvent('m-stop'));
  };
}

define('m-chat-composer', ChatComposer);
