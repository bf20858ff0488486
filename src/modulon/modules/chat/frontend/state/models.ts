/** The models there are, shared by all pickers of the page. */
import { faultText, Store, t, wordsOf } from '@modulon/sdk';

import { listModels, type Model } from '../api.js';

export interface Models {
  /** null until they were loaded once. */
  items: readonly Model[] | null;
  /** Why the last list could not be loaded; `items` are then those of before. */
  error: unknown;
}

export const models = new Store<Models>({ items: null, error: null });

let loading: Promise<void> | null = null;

/** Loads them anew; calls that overlap share one request. */
export function loadModels(): Promise<void> {
  loading ??= listModels()
    .then(spoken)
    .then(
      (items) => { models.set({ items, error: null }); },
      (error: unknown) => { models.set({ items: models.value.items, error }); },
    )
    .finally(() => { loading = null; });
  return loading;
}

/** *items* with the words for why some of them cannot be used: their owner's, which this page may not have yet. */
async function spoken(items: readonly Model[]): Promise<readonly Model[]> {
  const owners = items.map(({ reason }) => reason?.split('.')[0] ?? '');
  await Promise.all([...new Set(owners)].filter((owner) => owner !== '').map(wordsOf));
  return items;
}

/** Why a model cannot be used, as a sentence. */
export function reasonOf({ reason }: Model): string {
  return faultText({ code: reason ?? '', detail: t('chat.models.unavailable') });
}

/** The first of the wanted ids that is a usable model, else the first usable one. */
export function chooseModel(items: readonly Model[], wanted: readonly (string | null)[]): Model | undefined {
  const usable = items.filter(({ available }) => available);
  for (const id of wanted) {
    const found = usable.find((model) => model.id === id);
    if (found !== undefined) return found;
  }
  return usable[0];
}

/** What the next message goes to, and in whose place. */
export interface Next {
  /** null while it is not known, '' if there is none. */
  id: string | null;
  /** The model that would have answered; null if it does. */
  replaces: string | null;
  /** Whether that one is in no list any more, rather than out of order for the moment. */
  gone: boolean;
}

/**
 * The model that answers next, where the first of the *wanted* ids should. *sought* is the id for whose sake the list was
 * asked for anew: a list from before does not know what was added since, so only then is a model said to be gone. Without
 * a list the server has the word, and the wanted model is asked.
 */
export function nextModel({ items, error }: Models, wanted: readonly string[], sought: string): Next {
  const [first = ''] = wanted;
  const model = items?.find(({ id }) => id === first);
  const asItIs = (id: string | null): Next => ({ id, replaces: null, gone: false });
  if (first !== '' && model === undefined) {
    if (error !== null) return asItIs(first);
    if (sought !== first) return asItIs(null);
  }
  if (items === null) return asItIs(null);
  const id = chooseModel(items, wanted)?.id ?? '';
  return id === first || first === '' ? asItIs(id) : { id, replaces: first, gone: model === undefined };
}

/** Whether further conversations begin with it: one that was only there for want of another is not to stay. */
export function isRemembered(model: Model | undefined, explicitly: boolean): boolean {
  return explicitly || model?.capabilities.includes('scripted') !== true;
}

export function findModel(id: string | null): Model | undefined {
  return models.value.items?.find((model) => model.id === id);
}

/** What people call a model: its alias, else its name. */
export function nameOf({ alias, name }: Model): string {
  return alias ?? name;
}

/** What the vendor calls it: all after the provider's name. */
export function vendorsId(id: string): string {
  return id.split('/').slice(1).join('/');
}

/** A name for a model, also for one that is gone. */
export function modelName(id: string | null): string {
  const found = findModel(id);
  return found === undefined ? vendorsId(id ?? '') : nameOf(found);
}
