import { DomainError } from '@dramatis/contracts/errors';
import type { Role } from '@dramatis/contracts/identity/role';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Env } from '../env.js';
import { ExternalAccounts } from '../identity/external-accounts.js';
import { roleOfGroups } from '../identity/group-roles.js';
import { ENV } from '../infrastructure/tokens.js';
import type { Access } from './access.js';
import { bearerOf, type CredentialReader, type Credentials } from './credential-reader.js';
import { IssuerKeys } from './jwt/issuer-keys.js';
import type { JwtSettings } from './jwt/jwt-settings.js';
import { isJwt, JwtVerifier, type VerifiedJwt } from './jwt/jwt-verifier.js';
import { programRole, within } from './program-role.js';

interface Issuer {
  settings: JwtSettings;
  verifier: JwtVerifier;
}

/** Programs that act for an account by a token of the configured issuer: the account of its subject, as at a sign-in with that provider. */
@Injectable()
export class JwtReader implements CredentialReader {
  private readonly logger = new Logger(JwtReader.name);
  private readonly issuer: Issuer | null;

  constructor(
    private readonly external: ExternalAccounts,
    private readonly accounts: AccountRepository,
    private readonly links: AccountLinkRepository,
    private readonly audit: AuditRepository,
    @Inject(ENV) { jwt }: Env,
  ) {
    this.issuer = jwt === null ? null : { settings: jwt, verifier: new JwtVerifier(jwt, new IssuerKeys(jwt)) };
  }

  /** @throws DomainError unauthenticated, account_disabled, identity_provider_unavailable, and those of linking; never does a program go on as a guest */
  async read({ authorization }: Credentials): Promise<Access | null> {
    const token = bearerOf(authorization);
    if (token === null || !isJwt(token)) return null;
    if (this.issuer === null) throw new DomainError('unauthenticated.no_issuer');
    const { settings, verifier } = this.issuer;
    const jwt = await verifier.verify(token);
    const account = await this.accountOf(jwt, settings);
    const most = programRole(settings.groupRoles.size === 0 ? 'admin' : roleOfGroups(jwt.claims[settings.groupClaim], settings.groupRoles), jwt.scopes);
    return {
      ownerId: account._id,
      account: { accountId: account._id, role: within(account.role, most) },
      sessionId: null,
      credential: 'jwt',
      program: { id: programOf(jwt), scopes: jwt.scopes },
      token: { expiresAt: jwt.expiresAt, most },
    };
  }

  async lapsed(accesses: readonly Access[]): Promise<readonly Access[]> {
    const own = accesses.filter(({ credential }) => credential === 'jwt');
    if (own.length === 0) return [];
    const roles = await this.accounts.rolesOf([...new Set(own.flatMap(({ account }) => account?.accountId ?? []))]);
    return own.filter(({ account, token }) => {
      const role = roles.get(account!.accountId);
      return token!.expiresAt.getTime() <= Date.now() || role === undefined || within(role, token!.most) !== account!.role;
    });
  }

  private async accountOf(jwt: VerifiedJwt, settings: JwtSettings): Promise<AccountRecord> {
    const { account, isNew } = await this.external.accountOf(jwt, settings, null);
    if (account.disabledAt !== null) throw new DomainError('account_disabled');
    // A token is like one sign-in, though it is sent many times: its groups count once, and not after those of a newer one.
    const counts = settings.groupRoles.size > 0 && (await this.links.noteGroups(jwt, jwt.issuedAt));
    const current = counts ? await this.external.giveRole(account, jwt, settings) : account;
    if (isNew || current.role !== account.role) await this.record(current, jwt);
    return current;
  }

  private async record({ _id, role }: { _id: string; role: Role }, { issuer, clientId }: VerifiedJwt): Promise<void> {
    const detail = { issuer, client: clientId, role };
    try {
      await this.audit.add({
        actor: { kind: 'account', id: _id },
        from: null,
        security: true,
        action: 'accounts.enterByToken',
        outcome: 'done',
        code: null,
        personaId: null,
        subject: _id,
        detail,
        requestId: null,
      });
    } catch (error) {
      this.logger.error({ err: error, detail }, 'an action is missing in the audit log');
    }
  }
}

/** Names the program of this person, without saying who they are. */
function programOf({ issuer, subject, clientId }: VerifiedJwt): string {
  return createHash('sha256').update(JSON.stringify([issuer, subject, clientId])).digest('base64url');
}
