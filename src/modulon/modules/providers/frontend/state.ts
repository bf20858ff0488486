import { confirm, errorText, formatDuration, Store, t, toast } from '@modulon/sdk';

import { changeProvider, deleteProvider, listProviders, readConsequences, readProvider, refreshModels, type Provider } from './api.js';
import { checkProvider } from './save.js';

export interface ProvidersState {
  /** Nothing while they are loaded for the first time. */
  items: readonly Provider[] | undefined;
  problem: string;
  /** Those that are being checked. */
  busy: ReadonlySet<string>;
  /** For each provider, how often its list of models was renewed. */
  generations: ReadonlyMap<string, number>;
}

/** The providers as a page shows them, and what can be done with them. Failures are told by a toast. */
export class ProviderList {
  readonly state = new Store<ProvidersState>({ items: undefined, problem: '', busy: new Set(), generations: new Map() });

  #set(change: Partial<ProvidersState>): void {
    this.state.set({ ...this.state.value, ...change });
  }

  readonly load = async (): Promise<void> => {
    this.#set({ problem: '' });
    try {
      this.#set({ items: await listProviders() });
    } catch (error) {
      this.#set({ problem: errorText(error, 'providers') });
    }
  };

  /** Takes a newer reading of a provider, or a new one. */
  put(provider: Provider): void {
    const items = this.state.value.items ?? [];
    const known = items.some((other) => other.id === provider.id);
    this.#set({ items: known ? items.map((other) => (other.id === provider.id ? provider : other)) : [...items, provider] });
    this.#renew(provider.id);
  }

  /** Reads the counts of a provider anew. */
  readonly reload = async (id: string): Promise<void> => {
    const items = this.state.value.items ?? [];
    const provider = await readProvider(id).catch(() => undefined);
    if (provider) this.#set({ items: items.map((other) => (other.id === id ? provider : other)) });
  };

  async check(provider: Provider, { quiet = false } = {}): Promise<void> {
    await this.#attempt(provider, async () => {
      const checked = await checkProvider(provider.id);
      this.put(checked);
      const { latency_ms, state } = checked.health;
      if (quiet) return;
      if (state === 'failing') toast(t('providers.checked_failed', { name: checked.name }), { tone: 'bad' });
      else toast(t('providers.checked', { name: checked.name, time: formatDuration(latency_ms ?? 0) }), { tone: 'ok' });
    });
  }

  async checkAll(): Promise<void> {
    const on = (this.state.value.items ?? []).filter((provider) => provider.enabled);
    await Promise.all(on.map((provider) => this.check(provider, { quiet: true })));
  }

  refresh(provider: Provider): Promise<void> {
    return this.#attempt(provider, async () => {
      const { total, added, removed } = await refreshModels(provider.id);
      this.put(await readProvider(provider.id));
      toast(t('providers.refreshed', { total, added, removed }), { tone: 'ok' });
    });
  }

  switch(provider: Provider): Promise<void> {
    return this.#attempt(provider, async () => {
      const changed = await changeProvider(provider.id, { enabled: !provider.enabled });
      this.put(changed);
      toast(t(changed.enabled ? 'providers.on_done' : 'providers.off_done', { name: changed.name }), { tone: 'ok' });
    });
  }

  async removeKey(provider: Provider): Promise<void> {
    const { name } = provider;
    const title = t('providers.key.remove_title', { name });
    const text = t('providers.key.remove_text');
    if (!(await confirm({ title, text, confirm: t('providers.key.remove'), danger: true }))) return;
    await this.#attempt(provider, async () => {
      this.put(await changeProvider(provider.id, { api_key: null }));
      toast(t('providers.key.removed'), { tone: 'ok' });
    });
  }

  async remove(provider: Provider): Promise<void> {
    const { name } = provider;
    const title = t('providers.delete_title', { name });
    const text = await this.#consequences(provider);
    if (!(await confirm({ title, text, confirm: t('providers.menu.delete'), danger: true }))) return;
    await this.#attempt(provider, async () => {
      await deleteProvider(provider.id);
      this.#set({ items: this.state.value.items?.filter((other) => other.id !== provider.id) });
      toast(t('providers.deleted', { name }), { tone: 'ok' });
    });
  }

  /** What stops working, as far as it can be told now. */
  async #consequences({ id, models }: Provider): Promise<string> {
    const told = await readConsequences(id).catch(() => undefined);
    const lines = [t('providers.delete_text', { n: models.total })];
    if (told && told.names.length > 0) lines.push(t('providers.delete_names', { names: told.names.join(', '), more: told.enabled - told.names.length }));
    if (told && told.aliases.length > 0) lines.push(t('providers.delete_aliases', { names: told.aliases.join(', '), n: told.aliases.length }));
    const conversations = told?.used['conversations'] ?? 0;
    lines.push(told ? t('providers.delete_used', { n: conversations }) : t('providers.delete_unknown'));
    return lines.join(' ');
  }

  async #attempt({ id }: Provider, work: () => Promise<void>): Promise<void> {
    this.#set({ busy: new Set([...this.state.value.busy, id]) });
    try {
      await work();
    } catch (error) {
      toast(errorText(error, 'providers'), { tone: 'bad' });
    }
    this.#set({ busy: new Set([...this.state.value.busy].filter((other) => other !== id)) });
  }

  #renew(id: string): void {
    const generations = new Map(this.state.value.generations);
    this.#set({ generations: generations.set(id, (generations.get(id) ?? 0) + 1) });
  }
}
