import { jest } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTPayload } from 'jose';
import { TokenIssuer } from '../../../test/token-issuer.js';
import { IssuerKeys } from './issuer-keys.js';
import { jwtSettings } from './jwt-settings.js';
import { isJwt, JwtVerifier, scopesOf } from './jwt-verifier.js';

describe('JwtVerifier', () => {
  let issuer: TokenIssuer;
  let verifier: JwtVerifier;

  const verifierOf = (variables: Record<string, string> = {}): JwtVerifier => {
    const given = { DRAMATIS_JWT_ISSUER: issuer.issuer, DRAMATIS_JWT_AUDIENCE: issuer.audience, ...variables };
    const { settings } = jwtSettings(given, []);
    return new JwtVerifier(settings!, new IssuerKeys(settings!));
  };
  const codeOf = (token: string, by = verifier): Promise<string> => by.verify(token).then(() => 'good', (error: { code: string }) => error.code);
  const later = (ms: number): void => void jest.setSystemTime(Date.now() + ms);
  const seconds = (fromNow: number): number => Math.floor(Date.now() / 1_000) + fromNow;
  const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  beforeAll(async () => {
    issuer = await TokenIssuer.start();
  });
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
    issuer.away = false;
    issuer.describedAs = issuer.issuer;
    verifier = verifierOf();
  });
  afterEach(() => void jest.useRealTimers());
  afterAll(() => issuer.close());

  it('says who a good token is for, and what for', async () => {
    const token = await issuer.sign({ azp: 'reader', scope: 'openid curate read', email: 'ada@example.org' });
    expect(isJwt(token)).toBe(true);
    expect(await verifier.verify(token)).toMatchObject({
      issuer: issuer.issuer,
      subject: 'somebody',
      clientId: 'reader',
      scopes: ['read', 'curate'],
      expiresAt: new Date(seconds(60) * 1_000),
      claims: { email: 'ada@example.org' },
    });
  });

  it.each<[string, () => JWTPayload]>([
    ['of another issuer', () => ({ iss: 'https://other.example' })],
    ['for another audience', () => ({ aud: 'https://other.example' })],
    ['for no audience', () => ({ aud: undefined })],
    ['that has expired', () => ({ exp: seconds(-11) })],
    ['that never expires', () => ({ exp: undefined })],
    ['that is not good yet', () => ({ nbf: seconds(60) })],
    ['issued in the future', () => ({ iat: seconds(60), exp: seconds(120) })],
    ['without a time of issue', () => ({ iat: undefined })],
    ['without a subject', () => ({ sub: undefined })],
    ['with an empty subject', () => ({ sub: '' })],
    ['with a subject that is no text', () => ({ sub: 7 as never })],
  ])('refuses one %s', async (_, claims) => {
    expect(await codeOf(await issuer.sign(claims()))).toBe('unauthenticated');
  });

  it('lets clocks differ by some seconds', async () => {
    expect(await codeOf(await issuer.sign({ exp: seconds(-5) }))).toBe('good');
    expect(await codeOf(await issuer.sign({ nbf: seconds(5), iat: seconds(5) }))).toBe('good');
  });

  describe('refuses a signature', () => {
    it('that is missing, however that is written', async () => {
      const [, payload] = (await issuer.sign()).split('.') as [string, string];
      const before = issuer.keyRequests;
      for (const alg of ['none', 'None', 'NONE', undefined]) {
        const token = `${base64url({ alg, kid: 'key-1' })}.${payload}.`;
        expect(isJwt(token)).toBe(true);
        expect(await codeOf(token)).toBe('unauthenticated');
      }
      expect(issuer.keyRequests).toBe(before);
    });

    it('made with the public key as a shared secret', async () => {
      const spki = await exportSPKI((await importJWK(await issuer.publicJwk(), 'ES256', { extractable: true })) as CryptoKey);
      for (const secret of [spki, JSON.stringify(await issuer.publicJwk())]) {
        for (const alg of ['HS256', 'HS384', 'HS512']) {
          const key = new TextEncoder().encode(secret.padEnd(64));
          expect(await codeOf(await issuer.sign({}, { header: { alg }, key }))).toBe('unauthenticated');
        }
      }
    });

    it('of a stranger’s key, under the issuer’s name for its own, or with the key brought along', async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = await exportJWK(publicKey);
      for (const header of [{}, { jwk }, { jku: 'http://127.0.0.1:1/keys' }, { x5u: 'http://127.0.0.1:1/key' }]) {
        expect(await codeOf(await issuer.sign({}, { header, key: privateKey }))).toBe('unauthenticated');
      }
    });

    it('by an algorithm that is not among those of the settings', async () => {
      expect(await codeOf(await issuer.sign(), verifierOf({ DRAMATIS_JWT_ALGORITHMS: 'RS256' }))).toBe('unauthenticated');
      expect(await codeOf(await issuer.sign(), verifierOf({ DRAMATIS_JWT_ALGORITHMS: 'ES256' }))).toBe('good');
    });

    it('over something else, or with headers that must be understood and are not', async () => {
      const [header, payload, signature] = (await issuer.sign()).split('.') as [string, string, string];
      const other = base64url({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), sub: 'admin' });
      expect(await codeOf(`${header}.${other}.${signature}`)).toBe('unauthenticated');
      expect(await codeOf(`${header}.${payload}.${signature.slice(0, -4)}`)).toBe('unauthenticated');
      expect(await codeOf(`${base64url({ alg: 'ES256', kid: 'key-1', crit: ['b64'], b64: false })}.${payload}.${signature}`)).toBe('unauthenticated');
      expect(await codeOf(`${header}.e30.`)).toBe('unauthenticated');
      expect(await codeOf('eyJ.e30.x')).toBe('unauthenticated');
    });
  });

  it('refuses what is longer than any token, before it is read', async () => {
    const before = issuer.keyRequests;
    expect(await codeOf(await issuer.sign({ padding: 'x'.repeat(9_000) }))).toBe('unauthenticated');
    expect(issuer.keyRequests).toBe(before);
  });

  describe('keys', () => {
    it('are asked for once for many tokens, and again after some minutes', async () => {
      const before = issuer.keyRequests;
      const tokens = await Promise.all(Array.from({ length: 20 }, () => issuer.sign()));
      expect(new Set(await Promise.all(tokens.map((token) => codeOf(token))))).toEqual(new Set(['good']));
      expect(issuer.keyRequests - before).toBe(1);
      later(10 * 60_000);
      expect(await codeOf(await issuer.sign())).toBe('good');
      expect(issuer.keyRequests - before).toBe(2);
    });

    it('that are new are found when a token names one, but nonsense does not make us ask each time', async () => {
      const old = await issuer.sign({ exp: seconds(3_600) });
      expect(await codeOf(old)).toBe('good');
      const before = issuer.keyRequests;
      for (let time = 0; time < 5; time += 1) expect(await codeOf(await issuer.sign({}, { header: { kid: `nonsense-${time}` } }))).toBe('unauthenticated');
      expect(issuer.keyRequests).toBe(before);
      await issuer.rotate();
      later(31_000);
      expect(await codeOf(await issuer.sign())).toBe('good');
      expect(await codeOf(old)).toBe('unauthenticated');
    });

    it('out of reach are nobody’s fault who sends a token, and are asked for again a moment later', async () => {
      issuer.away = true;
      const token = await issuer.sign({ exp: seconds(3_600) });
      expect(await codeOf(token)).toBe('identity_provider_unavailable');
      issuer.away = false;
      const before = issuer.keyRequests;
      expect(await codeOf(token)).toBe('identity_provider_unavailable');
      expect(issuer.keyRequests).toBe(before);
      later(2_001);
      expect(await codeOf(token)).toBe('good');
      issuer.away = true;
      expect(await codeOf(token)).toBe('good');
      later(10 * 60_000);
      expect(await codeOf(token)).toBe('identity_provider_unavailable');
    });

    it('are not taken from who is described as another', async () => {
      issuer.describedAs = 'https://other.example';
      expect(await codeOf(await issuer.sign())).toBe('identity_provider_unavailable');
      expect(await codeOf(await issuer.sign(), verifierOf({ DRAMATIS_JWT_JWKS_URL: `${issuer.issuer}/keys` }))).toBe('good');
    });
  });
});

describe('scopesOf', () => {
  it.each([
    [{ scope: 'read' }, ['read']],
    [{ scp: ['curate', 'openid'] }, ['curate']],
    [{ scp: 'converse' }, ['converse']],
    [{ scope: 'openid profile' }, ['read', 'converse']],
    [{ scope: { read: true } as never }, ['read', 'converse']],
    [{}, ['read', 'converse']],
  ])('%j', (payload, expected) => {
    expect(scopesOf(payload, ['read', 'converse'])).toEqual(expected);
  });
});

describe('isJwt', () => {
  it.each(['dra_0123456789abcdef_x', 'an-operator-token', 'a.b.c', '', 'eyJhbGciOiJub25lIn0', 'eyJh.eyJh.eyJh.eyJh.eyJh'])('leaves %p to others', (token) => {
    expect(isJwt(token)).toBe(false);
  });
});
