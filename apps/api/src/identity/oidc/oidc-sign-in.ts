import { DomainError } from '@dramatis/contracts/errors';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { Inject, Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { SecurityLog } from '../../audit/security-log.js';
import type { Env } from '../../env.js';
import { ownOrigin } from '../../infrastructure/own-origin.js';
import { reasonOf } from '../../infrastructure/reason-of.js';
import { ENV } from '../../infrastructure/tokens.js';
import type { Visit } from '../visit.js';
import { ExternalAccounts, type ExternalPerson } from '../external-accounts.js';
import { guestOf, SignIns } from '../sign-ins.js';
import { type OidcAttempt, OidcAttempts } from './oidc-attempts.js';
import { OidcProviders, unavailable } from './oidc-providers.js';
import type { OidcProviderSettings } from './oidc-settings.js';

/** Signing in with a provider of OpenID Connect: by authorization code, with PKCE, state and nonce. */
@Injectable()
export class OidcSignIn {
  private readonly logger = new Logger(OidcSignIn.name);

  constructor(
    private readonly providers: OidcProviders,
    private readonly attempts: OidcAttempts,
    private readonly external: ExternalAccounts,
    private readonly links: AccountLinkRepository,
    private readonly accounts: AccountRepository,
    private readonly signIns: SignIns,
    private readonly log: SecurityLog,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The address at the provider to go to. @throws DomainError identity_provider_not_found, identity_provider_unavailable, broker_unavailable */
  async begin(providerId: string, returnTo: string, { response }: Visit): Promise<string> {
    const provider = this.providers.get(providerId);
    const configuration = await this.providers.configurationOf(provider);
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const redirectUri = `${this.originFor(response)}/api/auth/oidc/${provider.id}/callback`;
    await this.attempts.begin(state, { provider: provider.id, verifier, nonce, returnTo, redirectUri }, response);
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: provider.scopes,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /** Signs in who came back from the provider. Returns the path to go to. @throws DomainError sign_in_failed and those of the accounts */
  async finish(providerId: string, visit: Visit): Promise<string> {
    const provider = this.providers.get(providerId);
    return this.log.attempt('sessions.signInWithProvider', visit, async (about) => {
      about.detail = { provider: provider.id };
      const answer = new URL(visit.response.req.originalUrl, 'http://localhost').searchParams;
      const state = answer.get('state') ?? '';
      const attempt = await this.attempts.finish(state, provider.id, visit.response);
      const person = await this.personOf(provider, attempt, state, answer);
      const { account: found } = await this.external.accountOf(person, provider, guestOf(visit.access));
      about.subject = found._id;
      if (found.disabledAt !== null) throw new DomainError('account_disabled');
      await this.accounts.administrators.finishFirst(found._id);
      // Tokens that were issued before say nothing of groups any more.
      await this.links.noteGroups(person, person.saidAt);
      const account = await this.external.giveRole(await this.accounts.update(found._id, { lastSignInAt: new Date() }), person, provider);
      await this.signIns.open(account, visit.access, visit.response);
      return { detail: { provider: provider.id, role: account.role }, result: attempt.returnTo };
    });
  }

  private async personOf(provider: OidcProviderSettings, attempt: OidcAttempt, state: string, answer: URLSearchParams): Promise<ExternalPerson & { saidAt: Date }> {
    const configuration = await this.providers.configurationOf(provider);
    const current = new URL(`${attempt.redirectUri}?${answer.toString()}`);
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, current, {
        expectedState: state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const { issuer } = configuration.serverMetadata();
      return { issuer, subject: claims.sub, saidAt: new Date(claims.iat * 1_000), claims: await this.completed(claims, configuration, tokens.access_token, provider) };
    } catch (error) {
      throw this.failure(error, provider);
    }
  }

  /** Many providers keep the ID token short and tell the rest only when asked. */
  private async completed(claims: oidc.IDToken, configuration: oidc.Configuration, accessToken: string, provider: OidcProviderSettings): Promise<ExternalPerson['claims']> {
    const missing = claims['email'] === undefined || (provider.groupRoles.size > 0 && claims[provider.groupClaim] === undefined);
    if (!missing || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await oidc.fetchUserInfo(configuration, accessToken, claims.sub)), ...claims };
  }

  private failure(error: unknown, provider: OidcProviderSettings): DomainError {
    // What came back may be anybody's invention: why it was refused is told, without a stack.
    this.logger.warn({ provider: provider.id, reason: reasonOf(error) }, 'a sign-in with a provider failed');
    if (error instanceof oidc.AuthorizationResponseError) {
      return new DomainError('sign_in_failed.refused', { provider: provider.label }, { cause: error });
    }
    const status = (error as { status?: unknown }).status;
    const away = error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError') || (typeof status === 'number' && status >= 500);
    if (away) return unavailable(provider, error);
    return new DomainError('sign_in_failed.not_proven', { provider: provider.label }, { cause: error });
  }

  /**
   * Where the provider sends the browser back to: as configured, and in the embedded stack to the name of this machine that the browser
   * uses, since its cookies belong to that.
   */
  private originFor(response: Response): string {
    const host = response.req.get('host') ?? '';
    const asked = `${response.req.protocol}://${host}`;
    if (this.env.publicOrigins.includes(asked)) return asked;
    if (this.env.embedded && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)) return asked;
    return ownOrigin(this.env);
  }
}

type Response = Visit['response'];
