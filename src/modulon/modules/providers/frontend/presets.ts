/** Providers people use, so that nobody has to know their address. Each speaks the OpenAI interface. */
export interface Preset {
  id: string;
  name: string;
  endpoint: string;
  /** Whether it asks for a key. */
  key: 'none' | 'needed' | 'optional';
  local: boolean;
}

export const PRESETS: readonly Preset[] = [
  { id: 'ollama', name: 'Ollama', endpoint: 'http://127.0.0.1:11434/v1', key: 'none', local: true },
  { id: 'lmstudio', name: 'LM Studio', endpoint: 'http://127.0.0.1:1234/v1', key: 'none', local: true },
  { id: 'llamacpp', name: 'llama.cpp', endpoint: 'http://127.0.0.1:8080/v1', key: 'optional', local: true },
  { id: 'vllm', name: 'vLLM', endpoint: 'http://127.0.0.1:8000/v1', key: 'optional', local: true },
  { id: 'openai', name: 'OpenAI', endpoint: 'https://api.openai.com/v1', key: 'needed', local: false },
  { id: 'openrouter', name: 'OpenRouter', endpoint: 'https://openrouter.ai/api/v1', key: 'needed', local: false },
  { id: 'mistral', name: 'Mistral', endpoint: 'https://api.mistral.ai/v1', key: 'needed', local: false },
  { id: 'groq', name: 'Groq', endpoint: 'https://api.groq.com/openai/v1', key: 'needed', local: false },
  { id: 'deepseek', name: 'DeepSeek', endpoint: 'https://api.deepseek.com/v1', key: 'needed', local: false },
  { id: 'together', name: 'Together', endpoint: 'https://api.together.xyz/v1', key: 'needed', local: false },
];

/** Anything else that speaks the interface. */
export const OTHER: Preset = { id: 'other', name: '', endpoint: '', key: 'optional', local: false };

export function presetOf(id: string): Preset {
  return PRESETS.find((preset) => preset.id === id) ?? OTHER;
}
