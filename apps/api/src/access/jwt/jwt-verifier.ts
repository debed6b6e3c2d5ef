import { DomainError } from '@dramatis/contracts/errors';
import { type ApiKeyScope, apiKeyScopes } from '@dramatis/contracts/identity/api-key';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { IssuerKeys } from './issuer-keys.js';
import type { JwtSettings } from './jwt-settings.js';

/** Clocks differ; not by more than this. */
const toleranceSeconds = 10;
/** Longer ones are a mistake, or to keep us busy. */
const maxCharacters = 8_192;

/** What a token says, once it is known that the issuer says it, to us and now. */
export interface VerifiedJwt {
  issuer: string;
  subject: string;
  /** The program that it was given to, where the token says. */
  clientId: string | null;
  scopes: readonly ApiKeyScope[];
  issuedAt: Date;
  expiresAt: Date;
  claims: Readonly<Record<string, unknown>>;
}

/** Whether a bearer token has the form of a signed one: three parts, of which the last may be missing where somebody left out the signature. */
export function isJwt(token: string): boolean {
  return /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token);
}

/** Checks tokens of one issuer. */
export class JwtVerifier {
  constructor(
    private readonly settings: JwtSettings,
    private readonly keys: Pick<IssuerKeys, 'find'>,
  ) {}

  /** @throws DomainError unauthenticated, identity_provider_unavailable */
  async verify(token: string): Promise<VerifiedJwt> {
    if (token.length > maxCharacters) throw refused(`it is longer than ${maxCharacters} characters`);
    const { issuer, audience, algorithms } = this.settings;
    const { payload } = await jwtVerify(token, this.keys.find, {
      algorithms: [...algorithms],
      issuer,
      audience,
      clockTolerance: toleranceSeconds,
      requiredClaims: ['sub', 'iat', 'exp'],
    }).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? refused(reasonOf(error), error) : error;
    });
    const [subject, issuedAt, expiresAt] = [payload.sub as unknown, payload.iat as number, payload.exp as number];
    if (typeof subject !== 'string' || subject === '') throw refused('it names no subject');
    // Which of two tokens is newer decides whose groups count: none may be from the future.
    if (issuedAt > Date.now() / 1_000 + toleranceSeconds) throw refused('it was issued in the future');
    return {
      issuer,
      subject,
      clientId: [payload['azp'], payload['client_id']].find((id) => typeof id === 'string') ?? null,
      scopes: scopesOf(payload, this.settings.scopes),
      issuedAt: new Date(issuedAt * 1_000),
      expiresAt: new Date(expiresAt * 1_000),
      claims: payload,
    };
  }
}

/** The scopes of ours that a token names, as text or as a list; where it names none, those of the settings. Pure. */
export function scopesOf(payload: JWTPayload, otherwise: readonly ApiKeyScope[]): readonly ApiKeyScope[] {
  const named = [payload['scope'], payload['scp']].flat().flatMap((value) => (typeof value === 'string' ? value.split(' ') : []));
  const known = apiKeyScopes.filter((scope) => named.includes(scope));
  return known.length > 0 ? known : otherwise;
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its ${error.claim} is missing or not as it must be`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'it is signed in a way that is not accepted';
  if (error instanceof errors.JWKSNoMatchingKey) return 'its issuer has no such key';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'it does not say which of its issuer’s keys it is signed with';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not hold';
  return 'it is malformed';
}

function refused(reason: string, cause?: unknown): DomainError {
  return new DomainError('unauthenticated.token', { reason }, { cause });
}
