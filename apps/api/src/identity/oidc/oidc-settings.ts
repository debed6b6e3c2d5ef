import { identityProviderId } from '@dramatis/contracts/identity/oidc';
import type { IdentitySource } from '../external-accounts.js';
import { parseGroupRoles } from '../group-roles.js';

/** A provider of OpenID Connect that people may sign in with. */
export interface OidcProviderSettings extends IdentitySource {
  id: string;
  issuer: string;
  clientId: string;
  /** Null for a client that is known by its redirect address alone. */
  clientSecret: string | null;
  scopes: string;
}

interface Found {
  providers: OidcProviderSettings[];
  /** What is wrong, each with the name of its variable. */
  problems: string[];
}

/**
 * The providers that `DRAMATIS_OIDC_PROVIDERS` names, each with variables of its own: provider `my-corp` has
 * `DRAMATIS_OIDC_MY_CORP_ISSUER` and so on. Pure.
 */
export function oidcSettings(given: Readonly<Record<string, string | undefined>>, { embedded }: { embedded: boolean }): Found {
  const found: Found = { providers: [], problems: [] };
  const names = (given['DRAMATIS_OIDC_PROVIDERS'] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
  const wrong = (variable: string, message: string): void => void found.problems.push(`${variable}: ${message}`);
  if (new Set(names).size < names.length) wrong('DRAMATIS_OIDC_PROVIDERS', 'names a provider twice');
  if (names.length > 0 && !embedded && given['DRAMATIS_PUBLIC_ORIGINS'] === undefined) {
    wrong('DRAMATIS_PUBLIC_ORIGINS', 'is required with DRAMATIS_OIDC_PROVIDERS, since providers send people back to the first of them');
  }
  for (const id of names) {
    if (!identityProviderId.safeParse(id).success) {
      wrong('DRAMATIS_OIDC_PROVIDERS', `"${id}" must be a name of a-z, 0-9 and -`);
      continue;
    }
    const nameOf = (what: string): string => `DRAMATIS_OIDC_${id.toUpperCase().replaceAll('-', '_')}_${what}`;
    const valueOf = (what: string): string | undefined => given[nameOf(what)];
    const [issuer, clientId] = [valueOf('ISSUER'), valueOf('CLIENT_ID')];
    if (issuer === undefined) wrong(nameOf('ISSUER'), 'is required');
    else if (!isIssuer(issuer)) wrong(nameOf('ISSUER'), 'must be an address that begins with https://; http:// only on this very machine');
    if (clientId === undefined) wrong(nameOf('CLIENT_ID'), 'is required');
    const scopes = valueOf('SCOPES') ?? 'openid email profile';
    if (!scopes.split(' ').includes('openid')) wrong(nameOf('SCOPES'), 'must include openid');
    const groupRoles = parseGroupRoles(valueOf('ROLES') ?? '');
    if (groupRoles === null) wrong(nameOf('ROLES'), 'must be a list such as staff=curator,operators=admin');
    found.providers.push({
      id,
      issuer: issuer ?? '',
      clientId: clientId ?? '',
      clientSecret: valueOf('CLIENT_SECRET') ?? null,
      scopes,
      label: valueOf('LABEL') ?? id,
      groupClaim: valueOf('GROUP_CLAIM') ?? 'groups',
      groupRoles: groupRoles ?? new Map(),
    });
  }
  return found;
}

/** Whether an issuer may be believed: over TLS, or on this machine, where nobody is in between. */
export function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  if (search !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}
