import { addMessages, locale, type Messages } from '../../core/i18n/index.js';
import { addSearchSource } from '../../core/search.js';
import type { ModuleState, PageContribution, PageState, UiContribution } from '../../core/page-state.js';
import { Store } from '../../core/store.js';
import type { ModuleFrontend } from '../../sdk/module.js';

export type Owned<T> = T & { module: ModuleState };

/** The name under which a module's messages are kept: its id with `_` for the dot. */
export function slugOf(id: string): string {
  return id.replace('.', '_');
}

/** What the modules contribute, as the page's state and later the server says; their scripts are loaded when first needed. */
export class ModuleRegistry {
  /** The modules there are now. One that did not change stays the same object. */
  readonly now = new Store<readonly ModuleState[]>([]);
  #pages: readonly Owned<PageContribution>[] = [];
  #slots = new Map<string, Owned<UiContribution>[]>();
  readonly #past = new Map<string, ModuleState>();
  readonly #loads = new Map<string, Promise<ModuleFrontend>>();
  readonly #searched = new Map<string, (() => void)[]>();

  constructor(
    modules: readonly ModuleState[],
    private readonly load: (url: string) => Promise<{ default: ModuleFrontend }> = (url) =>
      import(/* @vite-ignore */ url) as Promise<{ default: ModuleFrontend }>,
  ) {
    this.update(modules);
  }

  static fromState(state: PageState): ModuleRegistry {
    return new ModuleRegistry(state.modules);
  }

  get modules(): readonly ModuleState[] {
    return this.now.value;
  }

  /** The pages there are, in order. */
  get pages(): readonly Owned<PageContribution>[] {
    return this.#pages;
  }

  /** The pages of modules that were there before and are not now. */
  get pastPages(): readonly PageContribution[] {
    return [...this.#past.values()].flatMap((module) => module.contributes.page);
  }

  /** From now on these are the modules. */
  update(modules: readonly ModuleState[]): void {
    const known = new Map(this.modules.map((module) => [module.id, module]));
    const next = modules.map((module) => {
      const before = known.get(module.id);
      return before && JSON.stringify(before) === JSON.stringify(module) ? before : module;
    });
    for (const module of this.modules) {
      if (!next.some(({ id }) => id === module.id)) this.#leave(module);
    }
    if (next.length === this.modules.length && next.every((module, at) => module === this.modules[at])) return;
    for (const { id } of next) this.#past.delete(id);
    this.#arrange(next);
    this.now.set(next);
  }

  #arrange(modules: readonly ModuleState[]): void {
    const byOrder = (a: { order: number }, b: { order: number }): number => a.order - b.order;
    this.#pages = modules
      .flatMap((module) => module.contributes.page.map((page) => ({ ...page, module })))
      .sort(byOrder);
    this.#slots = new Map();
    const ui = modules.flatMap((module) => module.contributes.ui.map((one) => ({ ...one, module })));
    for (const one of ui.sort(byOrder)) this.#slots.set(one.slot, [...(this.#slots.get(one.slot) ?? []), one]);
  }

  /** Nothing of it is searched any more; its elements leave with the slots and pages. */
  #leave(module: ModuleState): void {
    this.#past.set(module.id, module);
    this.#loads.delete(module.id);
    for (const end of this.#searched.get(module.id) ?? []) end();
    this.#searched.delete(module.id);
  }

  /** What stands in a slot, in order. */
  slot(name: string): readonly Owned<UiContribution>[] {
    return this.#slots.get(name) ?? [];
  }

  /** The module's script and messages. A failed load is tried again at the next call. */
  frontend(module: ModuleState): Promise<ModuleFrontend> {
    const known = this.#loads.get(module.id);
    if (known) return known;
    const loading = this.#fetch(module).catch((error: unknown) => {
      this.#loads.delete(module.id);
      throw error;
    });
    this.#loads.set(module.id, loading);
    return loading;
  }

  /** Loads every module that has an interface, for what needs all of them; one that fails is left out. */
  async all(): Promise<void> {
    const own = this.modules.filter(({ entry }) => entry !== null);
    await Promise.allSettled(own.map((module) => this.frontend(module)));
  }

  /** Makes sure that the element *tag* of this module is defined. */
  async element(module: ModuleState, tag: string): Promise<void> {
    // A script that was just loaded has defined it, while the words that it says may still be on their way.
    await this.#loads.get(module.id);
    if (customElements.get(tag)) return;
    const { elements } = await this.frontend(module);
    const define = elements[tag as keyof typeof elements];
    if (!define) throw new Error(`${module.id} has no element ${tag}`);
    await define();
    if (!customElements.get(tag)) throw new Error(`${module.id} did not define ${tag}`);
  }

  /** Runs a command of the module. */
  async run(module: ModuleState, id: string): Promise<void> {
    const { commands = {} } = await this.frontend(module);
    const run = commands[id];
    if (!run) throw new Error(`${module.id} has no command ${id}`);
    await run();
  }

  async #fetch(module: ModuleState): Promise<ModuleFrontend> {
    if (module.entry === null) throw new Error(`${module.id} has no interface`);
    const [script, translated] = await Promise.all([this.load(module.entry), this.#translation(module)]);
    const slug = slugOf(module.id);
    if (script.default.messages) addMessages(slug, script.default.messages);
    if (translated) addMessages(slug, translated);
    if (this.modules.includes(module)) this.#searched.set(module.id, (script.default.search?.() ?? []).map(addSearchSource));
    return script.default;
  }

  /** The catalogue of the person's language; English is in the script, and is spoken if the other does not come. */
  async #translation(module: ModuleState): Promise<Messages | undefined> {
    const url = locale() === 'en' ? undefined : module.locales[locale()];
    if (url === undefined) return undefined;
    try {
      const response = await fetch(url, { credentials: 'same-origin' });
      return response.ok ? ((await response.json()) as Messages) : undefined;
    } catch {
      return undefined;
    }
  }
}
