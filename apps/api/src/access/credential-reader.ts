import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from './access.js';

/** What a request, or the handshake of a socket, shows of who sends it. */
export interface Credentials {
  cookie: string | undefined;
  authorization: string | undefined;
}

/** One way to show who one is. The first reader that knows the credentials decides. */
export interface CredentialReader {
  /** What the credentials give, or null when they are not of this kind, or not good. A reader that knows a program's credential to be bad says so. */
  read(credentials: Credentials): Promise<Access | null>;
  /** Which of the accesses that it gave do not hold any more, or have other rights; read from where they are kept, not from copies. */
  lapsed(accesses: readonly Access[]): Promise<readonly Access[]>;
}

/** Injection token of all {@link CredentialReader}s, in the order in which they are asked. */
export const CREDENTIAL_READERS = Symbol('CredentialReader[]');

export function credentialsOf({ cookie, authorization }: IncomingHttpHeaders): Credentials {
  return { cookie, authorization };
}

export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** The token in an `Authorization` header, or null. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
