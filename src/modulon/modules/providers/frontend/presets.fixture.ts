import type { Preset } from './api.js';
import { OTHER } from './presets.js';

/** Some presets as the server lists them, for tests. */
export const PRESETS: readonly Preset[] = [
  { ...OTHER, slug: 'ollama', name: 'Ollama', endpoint: 'http://127.0.0.1:11434/v1', complete: true, key: 'none', local: true, probe: true },
  { ...OTHER, slug: 'openai', name: 'OpenAI', endpoint: 'https://api.openai.com/v1', complete: true, key: 'needed', shape: 'sk-proj-[A-Za-z0-9_-]{20,}', key_url: 'https://platform.openai.com/api-keys' },
  { ...OTHER, slug: 'anthropic', name: 'Anthropic', endpoint: 'https://api.anthropic.com/v1', complete: true, key: 'needed', shape: 'sk-ant-[A-Za-z0-9_-]{20,}' },
  { ...OTHER, slug: 'mistral', name: 'Mistral', endpoint: 'https://api.mistral.ai/v1', complete: true, key: 'needed', shape: '[A-Za-z0-9]{32}' },
  { ...OTHER, slug: 'azure', name: 'Azure OpenAI', endpoint: 'https://<resource>.openai.azure.com/openai/v1', key: 'needed', shape: '[0-9a-f]{32}' },
];
