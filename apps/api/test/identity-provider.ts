import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';

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

  open(clients: { clientId: string; redirectUri: string }[]): void {
    const provider = new Provider(this.issuer, {
      clients: clients.map(({ clientId, redirectUri }) => ({ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] })),
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      cookies: { keys: ['a key of the spec'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...this.people.get(sub), sub }) }),
      loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
        grant.addOIDCScope('openid email profile groups');
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

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
