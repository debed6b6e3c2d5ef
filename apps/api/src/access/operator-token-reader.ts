import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../env.js';
import { ENV } from '../infrastructure/tokens.js';
import { type Access, nobody } from './access.js';
import type { CredentialReader, Credentials } from './credential-reader.js';
import { isOperatorHeader } from './operator-token.js';
import { SessionReader } from './session-reader.js';

/** The operator token of machines, with the rights of an admin. What is owned is the session's, where one comes along. */
@Injectable()
export class OperatorTokenReader implements CredentialReader {
  constructor(
    private readonly sessions: SessionReader,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async read(credentials: Credentials): Promise<Access | null> {
    if (!isOperatorHeader(credentials.authorization, this.env.operatorToken)) return null;
    return { ...((await this.sessions.read(credentials)) ?? nobody), credential: 'operator-token' };
  }

  /** The token is the process's own for as long as it runs. */
  lapsed(): Promise<readonly Access[]> {
    return Promise.resolve([]);
  }
}
