import type { Me } from '@dramatis/contracts/identity/account';
import type { Role } from '@dramatis/contracts/identity/role';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { randomUUID } from 'node:crypto';
import { sessionCookieName } from '../src/sessions/session-cookie.js';
import type { ApiClient, ApiHarness } from './api-harness.js';
import { eventually } from './temporal-namespace.js';

export const goodPassword = 'the engine weaves algebra';
export const newEmail = (): string => `${randomUUID().slice(0, 8)}@example.org`;

/** Somebody new who signs up, with the client's guest if it has one. */
export async function signUp(client: ApiClient, email = newEmail()): Promise<{ client: ApiClient; email: string; accountId: string; me: Me }> {
  const { status, body } = await client.post<Me>('/api/auth/register', { email, password: goodPassword });
  if (status !== 201) throw new Error(`no account: ${JSON.stringify(body)}`);
  return { client, email, accountId: body.account!.accountId, me: body };
}

/** An account without the work that a password takes. */
export function makeAccount(api: ApiHarness, role: Role = 'user'): Promise<AccountRecord> {
  const accounts = api.app.get(AccountRepository, { strict: false });
  return accounts
    .create({ email: newEmail(), displayName: role, locale: null, passwordHash: null })
    .then(({ _id }) => accounts.govern(_id, { role }));
}

/** A client with a new session of the owner. */
export async function enter(api: ApiHarness, owner: { ownerId: string; accountId: string | null }): Promise<ApiClient & { sessionId: string }> {
  const { token, sessionId } = await api.app.get(SessionRepository).create({ ...owner, userAgent: 'spec', address: null });
  const client = api.client();
  client.cookie = `${sessionCookieName(api.env)}=${token}`;
  return Object.assign(client, { sessionId });
}

/** The token of the link in the newest mail to the address with this subject. */
export async function mailedToken(api: ApiHarness, to: string, subject: RegExp): Promise<string> {
  const outbox = api.app.get(OutboxRepository);
  return eventually(async () => {
    const mail = (await outbox.list()).find((candidate) => candidate.to === to && subject.test(candidate.subject));
    return /#token=([\w-]+)/.exec(mail!.text)![1]!;
  }, 5_000);
}
