/** The one place that starts workers: a plain `new Worker(url)` is refused under Trusted Types. */

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

function checked(url: string): string {
  const { origin, href } = new URL(url, location.href);
  if (origin !== location.origin) throw new TypeError('Workers start from this server only.');
  return href;
}

let policy: ScriptPolicy | undefined;

function scripts(): ScriptPolicy {
  const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  policy ??= factory?.createPolicy('modulon', { createScriptURL: checked }) ?? { createScriptURL: checked };
  return policy;
}

/** Starts a module worker from an address made by `import url from './x.worker.ts?worker&url'`. */
export function startWorker(url: string): Worker {
  return new Worker(scripts().createScriptURL(url), { type: 'module' });
}
