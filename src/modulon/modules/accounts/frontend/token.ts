import { navigate, route } from '@modulon/sdk';

/** The token of a one-time link: behind the `#`, so that it reaches no log. It leaves the address once it is read. */
export function takeToken(): string {
  const { hash, path } = route.value;
  const token = new URLSearchParams(hash).get('token') ?? '';
  if (token !== '') navigate(path, { replace: true });
  return token;
}
