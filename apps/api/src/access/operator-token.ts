import { createHash, timingSafeEqual } from 'node:crypto';

const minTokenCharacters = 24;
const minOwnCharacters = 16;
const wellKnownWords =
  /admin(istrator)?|change(it|me|this)?|default|dramatis|example|insecure|letmein|operator|passw(or)?d|placeholder|please|qwerty|root|secret|test(ing)?|token|replace(me)?|your|1234567890|0123456789|abcdef/g;

/**
 * What is wrong with an operator token, or null. The embedded stack, on one machine, may run with any token or none;
 * everywhere else it must be long and no default that somebody could guess.
 */
export function operatorTokenProblem(token: string | undefined, options: { embedded: boolean }): string | null {
  if (options.embedded) return null;
  if (token === undefined) return 'is required outside the embedded stack; make one with: openssl rand -base64 32';
  if (token.length < minTokenCharacters) return `must have at least ${minTokenCharacters} characters`;
  const own = token.toLowerCase().replace(wellKnownWords, '').replace(/[^a-z0-9]/g, '');
  if (own.length < minOwnCharacters || new Set(own).size < 8) {
    return 'must not be a default or easily guessed; make one with: openssl rand -base64 32';
  }
  return null;
}

/** Whether the `Authorization` header carries the operator token. Takes the same time whatever the header holds. */
export function isOperatorHeader(authorization: string | undefined, operatorToken: string | null): boolean {
  const given = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const same = timingSafeEqual(digest(given), digest(operatorToken ?? ''));
  return operatorToken !== null && given !== '' && same;
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
