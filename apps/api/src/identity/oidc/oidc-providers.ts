import { DomainError } from '@dramatis/contracts/errors';
import { Inject, Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { Env } from '../../env.js';
import { ENV } from '../../infrastructure/tokens.js';
import type { OidcProviderSettings } from './oidc-settings.js';

const timeoutSeconds = 5;
const attempts = 2;
/** Providers change keys and addresses; what was discovered is not believed for ever. */
const freshMs = 3_600_000;
/** A provider that is away is not asked again for every person who waits for it. */
const awayMs = 2_000;

interface Discovered {
  at: number;
  configuration: Promise<oidc.Configuration>;
}

/** The providers by name, each discovered when somebody needs it. */
@Injectable()
export class OidcProviders {
  private readonly logger = new Logger(OidcProviders.name);
  private readonly discovered = new Map<string, Discovered>();

  constructor(@Inject(ENV) private readonly env: Env) {}

  all(): readonly OidcProviderSettings[] {
    return this.env.oidcProviders;
  }

  /** @throws DomainError identity_provider_not_found */
  get(id: string): OidcProviderSettings {
    const provider = this.env.oidcProviders.find((candidate) => candidate.id === id);
    if (provider === undefined) throw new DomainError('identity_provider_not_found');
    return provider;
  }

  /** What the provider says of itself. @throws DomainError identity_provider_unavailable; the next request asks again */
  async configurationOf(provider: OidcProviderSettings): Promise<oidc.Configuration> {
    const known = this.discovered.get(provider.id);
    const current = known !== undefined && Date.now() - known.at < freshMs ? known : this.discoverAnew(provider);
    try {
      return await current.configuration;
    } catch (cause) {
      throw unavailable(provider, cause);
    }
  }

  private discoverAnew(provider: OidcProviderSettings): Discovered {
    const entry: Discovered = { at: Date.now(), configuration: discover(provider) };
    this.discovered.set(provider.id, entry);
    entry.configuration.catch((error: unknown) => {
      this.logger.warn({ err: error, provider: provider.id }, 'a provider of identities could not be discovered');
      entry.at = Date.now() - freshMs + awayMs;
    });
    return entry;
  }
}

async function discover(provider: OidcProviderSettings): Promise<oidc.Configuration> {
  const issuer = new URL(provider.issuer);
  // Settings let only a provider on this very machine be without TLS.
  const execute = [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])];
  for (let attempt = 1; ; attempt += 1) {
    try {
      const secret = provider.clientSecret;
      const authentication = secret === null ? oidc.None() : clientAuthentication(secret);
      return await oidc.discovery(issuer, provider.clientId, undefined, authentication, { execute, timeout: timeoutSeconds });
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}

/** As the provider wants it; where it takes several, as every provider must be able to. */
function clientAuthentication(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
}

export function unavailable({ label }: Pick<OidcProviderSettings, 'label'>, cause: unknown): DomainError {
  return new DomainError('identity_provider_unavailable', { provider: label }, { cause });
}
