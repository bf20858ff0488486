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
