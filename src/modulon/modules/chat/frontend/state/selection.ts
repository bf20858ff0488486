/** Which conversations are chosen, to do the same to all of them. */
import { Store } from '@modulon/sdk';

class Selection {
  readonly state = new Store<ReadonlySet<string>>(new Set());
  /** Where a range begins. */
  #anchor: string | null = null;

  has(id: string): boolean {
    return this.state.value.has(id);
  }

  toggle(id: string): void {
    const now = new Set(this.state.value);
    if (!now.delete(id)) now.add(id);
    this.#anchor = id;
    this.state.set(now);
  }

  /** All between the last one toggled and this one, in the order they are shown in. */
  extend(id: string, shown: readonly string[]): void {
    const from = this.#anchor === null ? -1 : shown.indexOf(this.#anchor);
    const to = shown.indexOf(id);
    if (from < 0 || to < 0) {
      this.toggle(id);
      return;
    }
    this.state.set(new Set([...this.state.value, ...shown.slice(Math.min(from, to), Math.max(from, to) + 1)]));
  }

  all(ids: readonly string[]): void {
    this.state.set(new Set(ids));
  }

  clear(): void {
    this.#anchor = null;
    if (this.state.value.size > 0) this.state.set(new Set());
  }
}

export const selection = new Selection();
