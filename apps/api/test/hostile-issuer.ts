import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An issuer that signs whatever a spec wants it to, with its own published key or another. */
export class HostileIssuer {
  /** What the next ID token says, of what it was asked for. */
  claims: (nonce: string | null) => JWTPayload = () => ({});
  signedByStranger = false;
  keyRequests = 0;
  private nonce: string | null = null;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly keys: { own: CryptoKeyPair; stranger: CryptoKeyPair },
  ) {}

  static async start(): Promise<HostileIssuer> {
    const [own, stranger] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const hostile = new HostileIssuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, { own, stranger });
    server.on('request', (request, response) => {
      void hostile.answer(new URL(request.url!, hostile.issuer)).then(({ status = 200, location, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) });
        response.end(JSON.stringify(body ?? {}));
      });
    });
    return hostile;
  }

  sign(payload: JWTPayload): Promise<string> {
    const { privateKey } = this.signedByStranger ? this.keys.stranger : this.keys.own;
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
  }

  async publicJwk(): Promise<Record<string, unknown>> {
    return { ...(await exportJWK(this.keys.own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(url: URL): Promise<{ status?: number; location?: string; body?: unknown }> {
    const { issuer } = this;
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return { body: { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] } };
      case '/jwks':
        this.keyRequests += 1;
        return { body: { keys: [await this.publicJwk()] } };
      case '/auth': {
        this.nonce = url.searchParams.get('nonce');
        const back = new URL(url.searchParams.get('redirect_uri')!);
        back.search = new URLSearchParams({ code: 'c', state: url.searchParams.get('state')! }).toString();
        return { status: 303, location: back.href };
      }
      case '/token':
        return { body: { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: await this.sign(this.claims(this.nonce)) } };
      default:
        return { status: 404 };
    }
  }
}
