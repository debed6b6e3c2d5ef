import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { type Access, nobody, type RequestWithAccess } from './access.js';
import { CREDENTIAL_READERS, type CredentialReader, type Credentials, credentialsOf } from './credential-reader.js';

/** Finds out who asks, by whatever credential. */
@Injectable()
export class AccessReader {
  constructor(@Inject(CREDENTIAL_READERS) private readonly readers: readonly CredentialReader[]) {}

  async read(credentials: Credentials): Promise<Access> {
    for (const reader of this.readers) {
      const access = await reader.read(credentials);
      if (access !== null) return access;
    }
    return nobody;
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
