import type { ApiKeyScope } from '@dramatis/contracts/identity/api-key';
import { isAtLeast, type Role } from '@dramatis/contracts/identity/role';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Who a request comes from, found out before its route is called. */
export interface Access {
  /** The guest or account that owns conversations, or null. Nobody owns those of null. */
  ownerId: string | null;
  /** The account that is signed in, or null for guests and machines. */
  account: { accountId: string; role: Role } | null;
  /** The session that the cookie names, or null. */
  sessionId: string | null;
  /** What the rights rest on. With an operator token beside a session, what is owned is the session's and the rights are the token's. */
  credential: 'session' | 'operator-token' | 'api-key' | 'jwt' | null;
  /** What a program's key or token is for; the account's role is cut down to that already. The id is a key's, or names whom tokens were given to. */
  program?: { id: string; scopes: readonly ApiKeyScope[] };
  /** How long a token is good, and the most that it gives of its account's role. */
  token?: { expiresAt: Date; most: Role };
}

export type RequestWithAccess = Request & { access?: Access };

export const nobody: Access = { ownerId: null, account: null, sessionId: null, credential: null };

/** The role that the request acts in: the account's, or an admin's with the operator token. Null for guests. */
export function roleOf({ credential, account }: Pick<Access, 'credential' | 'account'>): Role | null {
  return credential === 'operator-token' ? 'admin' : (account?.role ?? null);
}

/** Whether the request may write personas and their knowledge, and see drafts. */
export function mayCurate(access: Access): boolean {
  return isAtLeast(roleOf(access), 'curator');
}

/** Hands a route the request's {@link Access}. */
export const CurrentAccess = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Access => context.switchToHttp().getRequest<RequestWithAccess>().access ?? nobody,
);
