import { DomainError } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';
import { passwordProblem } from '@dramatis/contracts/identity/password';
import { hash, verify } from '@node-rs/argon2';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Metrics } from '../metrics/metrics.js';

/** argon2id, the library's default, with OWASP's least: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const prefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Makes and checks hashes of passwords, on the library's own threads. */
@Injectable()
export class Passwords implements OnModuleInit {
  /** A hash of nothing that anybody knows, to check against where there is none: a check takes the same time either way. */
  private decoy: Promise<string> | null = null;

  constructor(private readonly metrics: Metrics) {}

  async onModuleInit(): Promise<void> {
    await this.decoyHash();
  }

  hash(password: string): Promise<string> {
    return hash(normalised(password), parameters);
  }

  /** Whether it is the password of this hash. Does the same work where there is no hash. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const matched = await verify(passwordHash ?? (await this.decoyHash()), normalised(password));
    const result = matched && passwordHash !== null;
    this.metrics.passwordChecks.inc({ matched: String(result) });
    return result;
  }

  /** Whether the hash was made with other parameters than are used now. */
  isOutdated(passwordHash: string): boolean {
    return !passwordHash.startsWith(prefix);
  }

  /** @throws DomainError password_too_weak */
  requireStrong(password: string, about: { email: string }, path = 'password'): void {
    const weakness = passwordProblem(password, about);
    if (weakness === null) return;
    throw new DomainError(`password_too_weak.${weakness}`, {}, { issues: [{ path, ...fieldSentence(`password_${weakness}`) }] });
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(32).toString('base64'));
    return this.decoy;
  }
}

/** The same characters give the same bytes, whatever keyboard they come from. */
const normalised = (password: string): string => password.normalize('NFKC');
