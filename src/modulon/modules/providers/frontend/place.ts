/** Where a provider is: on this machine, in a private network, or somewhere on the internet. */
export type Place = 'local' | 'network' | 'cloud';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
const PRIVATE = /^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|\[f[cd][0-9a-f]{2}:.*\])$/;
const PRIVATE_NAME = /(^[^.]+$)|\.(local|lan|internal|home\.arpa|home)$/;

/** Host and port of an address, or the text itself while it is none. */
export function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}

export function placeOf(endpoint: string): Place {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  if (LOOPBACK.test(host)) return 'local';
  return PRIVATE.test(host) || PRIVATE_NAME.test(host) ? 'network' : 'cloud';
}
