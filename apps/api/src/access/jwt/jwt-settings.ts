import { type ApiKeyScope, apiKeyScopes } from '@dramatis/contracts/identity/api-key';
import type { IdentitySource } from '../../identity/external-accounts.js';
import { parseGroupRoles } from '../../identity/group-roles.js';
import { isIssuer, type OidcProviderSettings } from '../../identity/oidc/oidc-settings.js';

/** Signatures that only who holds a private key can make. There is none with a shared secret, and not `none`: no setting allows them. */
const algorithmsKnown = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;
export type JwtAlgorithm = (typeof algorithmsKnown)[number];
const usualAlgorithms = 'RS256,PS256,ES256,EdDSA,Ed25519';

/** The issuer whose tokens programs may send. */
export interface JwtSettings extends IdentitySource {
  issuer: string;
  /** As the tokens name this API. */
  audience: string;
  /** Where the issuer's keys are; null where the issuer's own description says. */
  jwksUrl: string | null;
  algorithms: readonly JwtAlgorithm[];
  /** What a token is for that does not say. */
  scopes: readonly ApiKeyScope[];
}

interface Found {
  settings: JwtSettings | null;
  /** What is wrong, each with the name of its variable. */
  problems: string[];
}

/** The issuer that `DRAMATIS_JWT_ISSUER` and the variables beside it name. Pure. */
export function jwtSettings(given: Readonly<Record<string, string | undefined>>, oidcProviders: readonly Pick<OidcProviderSettings, 'issuer' | 'clientId'>[]): Found {
  const valueOf = (what: string): string | undefined => given[`DRAMATIS_JWT_${what}`];
  const issuer = valueOf('ISSUER');
  const problems: string[] = [];
  const wrong = (what: string, message: string): void => void problems.push(`DRAMATIS_JWT_${what}: ${message}`);
  if (issuer === undefined) {
    if (Object.keys(given).some((name) => name.startsWith('DRAMATIS_JWT_'))) wrong('ISSUER', 'is required with the other variables of tokens');
    return { settings: null, problems };
  }
  if (!isIssuer(issuer)) wrong('ISSUER', 'must be an address that begins with https://; http:// only on this very machine');
  const audience = valueOf('AUDIENCE');
  if (audience === undefined) wrong('AUDIENCE', 'is required with DRAMATIS_JWT_ISSUER: the name of this API, as the issuer puts it into tokens');
  if (oidcProviders.some((provider) => provider.issuer === issuer && provider.clientId === audience)) {
    wrong('AUDIENCE', 'must not be the client’s id at the same provider: ID tokens, which are for browsers’ sign-ins, would be taken for access');
  }
  const jwksUrl = valueOf('JWKS_URL');
  if (jwksUrl !== undefined && !isKeysAddress(jwksUrl)) wrong('JWKS_URL', 'must be an address that begins with https://; http:// only on this very machine');
  const algorithms = listOf(valueOf('ALGORITHMS') ?? usualAlgorithms, algorithmsKnown);
  if (algorithms === null) wrong('ALGORITHMS', `must be a list of ${algorithmsKnown.join(', ')}`);
  const scopes = listOf(valueOf('SCOPES') ?? 'read,converse', apiKeyScopes);
  if (scopes === null) wrong('SCOPES', `must be a list of ${apiKeyScopes.join(', ')}`);
  const groupRoles = parseGroupRoles(valueOf('ROLES') ?? '');
  if (groupRoles === null) wrong('ROLES', 'must be a list such as staff=curator,operators=admin');
  if (audience === undefined || algorithms === null || scopes === null || groupRoles === null) return { settings: null, problems };
  const [label, groupClaim] = [valueOf('LABEL') ?? new URL(issuer).hostname, valueOf('GROUP_CLAIM') ?? 'groups'];
  return { settings: { issuer, audience, jwksUrl: jwksUrl ?? null, algorithms, scopes, label, groupClaim, groupRoles }, problems };
}

/** Whether keys from there may be believed: as an issuer, but that keys may be asked for with a query. */
export function isKeysAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { origin, pathname } = new URL(value);
  return isIssuer(origin + pathname);
}

/** The entries of a list, each once, or null where there are none or others than allowed. */
function listOf<T extends string>(value: string, allowed: readonly T[]): T[] | null {
  const entries = new Set(value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== ''));
  const known = allowed.filter((entry) => entries.has(entry));
  return known.length > 0 && known.length === entries.size ? known : null;
}
