import { DomainError } from '@dramatis/contracts/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { type Access, nobody, type RequestWithAccess } from './access.js';
import { bearerOf, CREDENTIAL_READERS, type CredentialReader, type Credentials, credentialsOf } from './credential-reader.js';

/** Finds out who asks, by whatever credential. */
@Injectable()
export class AccessReader {
  constructor(@Inject(CREDENTIAL_READERS) private readonly readers: readonly CredentialReader[]) {}

  /** @throws DomainError unauthenticated for a token that nobody knows and no session beside it: its program would go on as a guest, and lose what it says */
  async read(credentials: Credentials): Promise<Access> {
    for (const reader of this.readers) {
      const access = await reader.read(credentials);
      if (access !== null) return access;
    }
    if (bearerOf(credentials.authorization) === null) return nobody;
    throw new DomainError('unauthenticated.unknown_token');
  }

  /** Which of the accesses do not hold any more, or have other rights by now. */
  async lapsed(accesses: readonly Access[]): Promise<Set<Access>> {
    const lapsed = await Promise.all(this.readers.map((reader) => reader.lapsed(accesses)));
    return new Set(lapsed.flat());
  }

  /** Middleware for `/api`: who asks is known before the body is read, since it decides how much of one is taken. */
  readonly middleware = (request: RequestWithAccess, _response: Response, next: NextFunction): void => {
    this.read(credentialsOf(request.headers)).then((access) => {
      request.access = access;
      next();
    }, next);
  };
}
