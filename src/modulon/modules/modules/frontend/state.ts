import { ApiError, confirm, errorText, onNotification, Store, t, toast } from '@modulon/sdk';

import { listModules, switchModule, updateModule, type ModuleRead, type Switched } from './api.js';
import { listed, nameOf } from './names.js';
import { dependents, isUnsettled, missing, tracebacks } from './rules.js';

const LOOK_MS = 1000;

export interface ModulesState {
  /** Nothing while they are loaded for the first time. */
  items: readonly ModuleRead[] | undefined;
  problem: string;
  /** Those that are being switched or loaded. */
  busy: ReadonlySet<string>;
  /** What the server said when a module's code was not taken anew, by the module's id. */
  refused: ReadonlyMap<string, Refusal>;
}

/** A refusal in the person's words, and in the server's where those say more. */
export interface Refusal {
  text: string;
  told: string;
}

/** The modules as a page shows them, and what can be done with them. */
export class ModuleList {
  readonly state = new Store<ModulesState>({ items: undefined, problem: '', busy: new Set(), refused: new Map() });

  #loading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #following = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  #set(change: Partial<ModulesState>): void {
    this.state.set({ ...this.state.value, ...change });
  }

  get #items(): readonly ModuleRead[] {
    return this.state.value.items ?? [];
  }

  /** Reads the list. Asked for while it is being read, it is read once more: it may have changed meanwhile. */
  readonly load = (): Promise<void> => {
    if (this.#loading) return (this.#next ??= this.#loading.then(this.#reload));
    return (this.#loading = this.#read().finally(() => {
      this.#loading = undefined;
      if (!this.#next) this.#plan();
    }));
  };

  readonly #reload = (): Promise<void> => {
    this.#next = undefined;
    return this.load();
  };

  async #read(): Promise<void> {
    try {
      this.#set({ items: await listModules(), problem: '' });
    } catch (error) {
      this.#set({ problem: errorText(error, 'modules') });
    }
  }

  /** Keeps the list what the server has, until the returned function is called. */
  follow(): () => void {
    this.#following = true;
    const shown = (): void => {
      if (!document.hidden) void this.load();
    };
    const stop = onNotification('core.module_switched', () => void this.load());
    document.addEventListener('visibilitychange', shown);
    void this.load();
    return () => {
      this.#following = false;
      clearTimeout(this.#timer);
      document.removeEventListener('visibilitychange', shown);
      stop();
    };
  }

  /** Looks again soon while something is on its way and somebody looks. */
  #plan(): void {
    clearTimeout(this.#timer);
    const wanted = this.#following && !document.hidden && this.state.value.problem === '' && this.#items.some(isUnsettled);
    if (wanted) this.#timer = setTimeout(() => void this.load(), LOOK_MS);
  }

  /** Enables a module; asks first if others have to come with it. */
  async enable({ id, name }: ModuleRead): Promise<void> {
    const others = missing(this.#items, id).map((one) => one.name);
    const agreed = others.length === 0 || (await confirm(enableQuestion(name, others)));
    if (agreed) await this.#switch(id, name, true, others.length > 0);
  }

  /** Disables a module, after a question that names what stops. */
  async disable({ id, name }: ModuleRead): Promise<void> {
    const others = dependents(this.#items, id).map((one) => one.name);
    if (await confirm(disableQuestion(name, others))) await this.#switch(id, name, false, others.length > 0);
  }

  async #switch(id: string, name: string, enabled: boolean, others: boolean): Promise<void> {
    await this.#attempt(id, async () => {
      const switched = await this.#agreed(id, name, enabled, others);
      if (switched) this.#say(switched, name, enabled);
    });
  }

  /** Switches; if the server knows of others that the list did not, they are asked about. */
  async #agreed(id: string, name: string, enabled: boolean, others: boolean): Promise<Switched | undefined> {
    try {
      return await switchModule(id, enabled, others);
    } catch (error) {
      const told = error instanceof ApiError ? (error.params[enabled ? 'required' : 'dependents'] ?? '') : '';
      if (others || told === '') throw error;
      const names = String(told).split(', ').map((one) => nameOf(this.#items, one));
      const agreed = await confirm((enabled ? enableQuestion : disableQuestion)(name, names));
      return agreed ? switchModule(id, enabled, true) : undefined;
    }
  }

  #say({ module, changed }: Switched, name: string, enabled: boolean): void {
    if (enabled && module.state === 'failed') toast(t('modules.started_not', { name }), { tone: 'bad' });
    else toast(t(enabled ? 'modules.enabled_done' : 'modules.disabled_done', { name, n: Math.max(0, changed.length - 1) }), { tone: 'ok' });
  }

  /** Takes the module's code anew from its folder. Why the server did not is kept beside the module. */
  async loadAgain({ id, name }: ModuleRead): Promise<void> {
    this.forgive(id);
    await this.#attempt(id, async () => {
      try {
        const module = await updateModule(id);
        const [wrong] = tracebacks(module);
        if (wrong) toast(t('modules.loaded_not', { name }), { tone: 'bad' });
        else toast(t('modules.loaded', { name, version: module.version }), { tone: 'ok' });
      } catch (error) {
        if (!(error instanceof ApiError) || !error.code.startsWith('modules.update_')) throw error;
        const text = errorText(error, 'modules');
        const more = error.code === 'modules.update_refused' && error.message !== text;
        const refusal = { text, told: more ? error.message : '' };
        this.#set({ refused: new Map([...this.state.value.refused, [id, refusal]]) });
      }
    });
  }

  /** Takes the refusal away. */
  readonly forgive = (id: string): void => {
    this.#set({ refused: new Map([...this.state.value.refused].filter(([other]) => other !== id)) });
  };

  async #attempt(id: string, work: () => Promise<void>): Promise<void> {
    this.#set({ busy: new Set([...this.state.value.busy, id]) });
    try {
      await work();
    } catch (error) {
      const slow = error instanceof DOMException && error.name === 'TimeoutError';
      toast(slow ? t('modules.slow') : errorText(error, 'modules'), { tone: 'bad' });
    }
    await this.load();
    this.#set({ busy: new Set([...this.state.value.busy].filter((other) => other !== id)) });
  }
}

function enableQuestion(name: string, others: readonly string[]): Parameters<typeof confirm>[0] {
  const n = others.length;
  return { title: t('modules.enable_title', { name }), text: t('modules.enable_text', { name, n, others: listed(others) }), confirm: t('modules.enable_all', { n: n + 1 }) };
}

function disableQuestion(name: string, others: readonly string[]): Parameters<typeof confirm>[0] {
  const n = others.length;
  const text = t(n === 0 ? 'modules.disable_text' : 'modules.disable_text_others', { name, n, others: listed(others) });
  return { title: t('modules.disable_title', { name }), text, confirm: n === 0 ? t('modules.disable') : t('modules.disable_all', { n: n + 1 }), danger: true };
}
