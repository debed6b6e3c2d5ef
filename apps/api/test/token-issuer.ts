import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const algorithm = 'ES256';

/** An issuer of tokens that signs whatever a spec wants it to, changes its keys, and can be away. */
export class TokenIssuer {
  readonly audience = 'https://dramatis.example';
  away = false;
  /** What it says that its own name is. */
  describedAs: string;
  keyRequests = 0;
  private generation = 0;
  private pair!: CryptoKeyPair;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {
    this.describedAs = issuer;
  }

  static async start(): Promise<TokenIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new TokenIssuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await issuer.rotate();
    server.on('request', (request, response) => {
      void issuer.answer(request.url!).then((body) => {
        response.writeHead(body === null || issuer.away ? 503 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body ?? {}));
      });
    });
    return issuer;
  }

  /** Its former key is gone. */
  async rotate(): Promise<void> {
    this.pair = await generateKeyPair(algorithm);
    this.generation += 1;
  }

  /** A token that is good for a minute, but for what is said otherwise. */
  sign(claims: JWTPayload = {}, { header = {}, key = this.pair.privateKey }: { header?: Partial<JWTHeaderParameters>; key?: CryptoKey | Uint8Array } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const payload = { iss: this.issuer, aud: this.audience, sub: 'somebody', iat: now, exp: now + 60, ...claims };
    return new SignJWT(payload).setProtectedHeader({ alg: algorithm, kid: this.kid, ...header }).sign(key);
  }

  async publicJwk(): Promise<JWK> {
    return { ...(await exportJWK(this.pair.publicKey)), kid: this.kid, alg: algorithm, use: 'sig' };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get kid(): string {
    return `key-${this.generation}`;
  }

  private async answer(path: string): Promise<unknown> {
    if (path === '/.well-known/openid-configuration') return { issuer: this.describedAs, jwks_uri: `${this.issuer}/keys` };
    if (path !== '/keys') return null;
    this.keyRequests += 1;
    return { keys: [await this.publicJwk()] };
  }
}
