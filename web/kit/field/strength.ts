const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];
const SHORTEST = 8;

/**
 * How strong a password is, from 0 (too short) to 4. Length counts most: what few different characters or a
 * run such as `abcd` and `1111` add is taken off again.
 */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 | 4 {
  if (password.length < SHORTEST) return 0;
  const kinds = CLASSES.filter((kind) => kind.test(password)).length;
  const different = new Set(password).size;
  const points = Math.min(password.length, different * 2) - runs(password) + kinds * 2;
  if (points < 12) return 1;
  if (points < 17) return 2;
  return points < 24 ? 3 : 4;
}

/** How many characters only repeat or continue the two before them. */
function runs(password: string): number {
  let found = 0;
  for (let at = 2; at < password.length; at += 1) {
    const first = password.charCodeAt(at - 1) - password.charCodeAt(at - 2);
    const second = password.charCodeAt(at) - password.charCodeAt(at - 1);
    if (first === second && Math.abs(first) <= 1) found += 1;
  }
  return found;
}
