import type { ProviderModel } from '../../api.js';

/** Which models are shown. */
export type Shown = 'all' | 'on' | 'off';

/** The models whose name has every word of *query*, on or off as asked for, in the order they came. */
export function filterModels(models: readonly ProviderModel[], query: string, shown: Shown): ProviderModel[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((model) => {
    if (shown !== 'all' && model.enabled !== (shown === 'on')) return false;
    const name = `${model.model_id} ${model.model_name}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** The icon of what a model can do, for those we know. */
export const CAPABILITY_ICONS: Readonly<Record<string, string>> = {
  tools: 'wrench',
  vision: 'eye',
  reasoning: 'brain',
  json: 'braces',
  embeddings: 'chart-scatter',
  audio: 'audio-lines',
  files: 'file-text',
  documents: 'file-text',
};
