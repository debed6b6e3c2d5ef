import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { Browser } from './browser.js';

/** Somebody with an account at the provider. */
export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
}

export const clientSecret = 'a-secret-of-the-client-and-the-provider';

/** A real provider of OpenID Connect, on this machine. Whoever comes is signed in as {@link person} without being asked. */
export class IdentityProvider {
  person: Person = { sub: 'nobody' };
  private readonly people = new Map<string, Person>();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  /** Listens, and answers nothing useful before {@link open}: its clients' addresses are known only then. */
  static async listen(): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new IdentityProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** @param audience of the access tokens, which are JWTs then and say of the person what the ID token does. */
  open(clients: { clientId: string; redirectUri: string }[], { audience }: { audience?: string } = {}): void {
    const provider = new Provider(this.issuer, {
      clients: clients.map(({ clientId, redirectUri }) => ({ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] })),
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      cookies: { keys: ['a key of the spec'] },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: audience !== undefined,
          defaultResource: () => audience!,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({ scope: 'read converse', audience: audience!, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
        },
      },
      extraTokenClaims: (_context, token) => {
        const { email, email_verified } = this.people.get((token as { accountId?: string }).accountId ?? '') ?? {};
        return { email, email_verified };
      },
      pkce: { required: () => true },
      ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...this.people.get(sub), sub }) }),
      loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
        grant.addOIDCScope('openid email profile groups');
        if (audience !== undefined) grant.addResourceScope(audience, 'read converse');
        await grant.save();
        return grant;
      },
    });
    const answer = provider.callback();
    this.server.on('request', (request, response) => {
      if (!request.url!.startsWith('/interaction/')) return void answer(request, response);
      this.people.set(this.person.sub, this.person);
      void provider.interactionFinished(request, response, { login: { accountId: this.person.sub } });
    });
  }

  /** What the provider gives a program of {@link person}, by the authorization code flow with PKCE. */
  async tokensFor(clientId: string, redirectUri: string): Promise<{ accessToken: string; idToken: string }> {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid read converse', code_challenge: challenge, code_challenge_method: 'S256' };
    const back = await new Browser().follow(`${this.issuer}/auth?${new URLSearchParams(asked)}`, (address) => address.startsWith(redirectUri));
    const code = new URL(back).searchParams.get('code')!;
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }),
    });
    const { access_token: accessToken, id_token: idToken } = (await response.json()) as { access_token: string; id_token: string };
    return { accessToken, idToken };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
