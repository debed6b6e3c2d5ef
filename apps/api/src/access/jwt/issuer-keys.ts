import { DomainError } from '@dramatis/contracts/errors';
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';
import { z } from 'zod';
import { isKeysAddress, type JwtSettings } from './jwt-settings.js';

const timeoutMs = 5_000;
/** An issuer that is away is not asked again for every request that waits for it. */
const awayMs = 2_000;
/** Keys that were withdrawn are believed no longer than this. */
const keysFreshMs = 10 * 60_000;
/** How often an unknown key may make us look for new ones: else whoever sends nonsense has us ask the issuer each time. */
const unknownKeyMs = 30_000;
/** How long it is believed where the keys are. */
const addressFreshMs = 3_600_000;

/** The public keys of an issuer, kept for some minutes and asked for again when a token names one that is not among them. */
export class IssuerKeys {
  private keys: Promise<RemoteJWKSet> | null = null;
  private foundAt = 0;
  private awaySince = Number.NEGATIVE_INFINITY;

  constructor(private readonly settings: Pick<JwtSettings, 'issuer' | 'jwksUrl' | 'label'>) {}

  /** The key that a token names. @throws DomainError identity_provider_unavailable; JOSEError where there is no such key */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await (await this.current())(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new DomainError('identity_provider_unavailable.keys', { provider: this.settings.label }, { cause: error });
    }
  };

  private current(): Promise<RemoteJWKSet> {
    if (this.keys === null || Date.now() - this.foundAt > addressFreshMs) {
      this.foundAt = Date.now();
      const looking = this.look();
      this.keys = looking;
      looking.catch(() => {
        if (this.keys === looking) this.keys = null;
      });
    }
    return this.keys;
  }

  private async look(): Promise<RemoteJWKSet> {
    const address = this.settings.jwksUrl ?? (await this.discover());
    return createRemoteJWKSet(new URL(address), {
      timeoutDuration: timeoutMs,
      cacheMaxAge: keysFreshMs,
      cooldownDuration: unknownKeyMs,
      [customFetch]: (url, options) => this.ask(url, options),
    });
  }

  private async discover(): Promise<string> {
    const { issuer } = this.settings;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await this.ask(address, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    // Another issuer's description would bring another's keys.
    const description = z.object({ issuer: z.literal(issuer), jwks_uri: z.string().refine(isKeysAddress, 'must be an address over TLS') });
    return description.parse(await response.json()).jwks_uri;
  }

  private async ask(address: string, options: RequestInit): Promise<Response> {
    if (Date.now() - this.awaySince < awayMs) throw new Error('the issuer was away a moment ago');
    try {
      const response = await fetch(address, options);
      if (response.status !== 200) throw new Error(`the issuer answered ${response.status} for ${address}`);
      return response;
    } catch (error) {
      this.awaySince = Date.now();
      throw error;
    }
  }
}
