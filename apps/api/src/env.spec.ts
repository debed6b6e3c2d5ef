import { EnvironmentError, readEnv } from './env.js';

const minimal = {
  DRAMATIS_EMBEDDED: '1',
  DRAMATIS_OBJECTS_DIR: '/data/objects',
  MONGODB_URI: 'mongodb://127.0.0.1:27017/dramatis',
  ELASTICSEARCH_URL: 'http://127.0.0.1:9200',
  REDIS_URL: 'redis://127.0.0.1:6379',
};

function messageOf(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return '';
}

describe('readEnv', () => {
  it('fills in defaults', () => {
    expect(readEnv(minimal)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      embedded: true,
      operatorToken: null,
      secure: false,
      temporal: { address: '127.0.0.1:7233', namespace: 'default', uiUrl: null },
      logLevel: 'info',
    });
  });

  it('names every invalid variable in one message, and no value', () => {
    const message = messageOf({
      PORT: 'eighty',
      MONGODB_URI: 'postgres://user:hunter2@db/x',
      REDIS_URL: '',
      LOG_LEVEL: 'loud',
      DRAMATIS_ADMIN_TOKEN: 'changeme',
      DRAMATIS_PUBLIC_ORIGINS: 'https://a.example/path',
    });
    for (const name of ['PORT', 'MONGODB_URI', 'ELASTICSEARCH_URL', 'REDIS_URL', 'LOG_LEVEL', 'DRAMATIS_OBJECTS_DIR', 'DRAMATIS_PUBLIC_ORIGINS']) {
      expect(message).toMatch(new RegExp(`^  ${name}: `, 'm'));
    }
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('changeme');
  });

  it('refuses to run outside the embedded stack without a good operator token', () => {
    expect(messageOf({ ...minimal, DRAMATIS_EMBEDDED: '0' })).toContain('DRAMATIS_ADMIN_TOKEN: is required outside');
    expect(messageOf({ ...minimal, DRAMATIS_EMBEDDED: '0', DRAMATIS_ADMIN_TOKEN: 'secret' })).toContain('at least 24');
  });

  it('listens on all addresses and demands TLS outside the embedded stack', () => {
    const env = readEnv({ ...minimal, DRAMATIS_EMBEDDED: '0', DRAMATIS_ADMIN_TOKEN: 'Zk3v9Qw1xT7rB5nM0pLc8YhG2sJd' });
    expect(env).toMatchObject({ host: '0.0.0.0', secure: true });
  });

  it('speaks TLS with both files or with neither', () => {
    expect(readEnv({ ...minimal, DRAMATIS_TLS_CERT: '/tls/cert.pem', DRAMATIS_TLS_KEY: '/tls/key.pem' })).toMatchObject({
      secure: true,
      tls: { certFile: '/tls/cert.pem', keyFile: '/tls/key.pem' },
    });
    expect(messageOf({ ...minimal, DRAMATIS_TLS_CERT: '/tls/cert.pem' })).toContain('DRAMATIS_TLS_CERT: goes with DRAMATIS_TLS_KEY');
  });

  it('takes rates, and quotas for all roles or some, and names what is none', () => {
    const given = { DRAMATIS_LIMIT_SIGN_INS: '5/10m', DRAMATIS_LIMIT_GUESTS: 'off', DRAMATIS_QUOTA_TOKENS_A_DAY: '1000', DRAMATIS_QUOTA_TURNS_AT_ONCE: 'guest=1, admin=off' };
    expect(readEnv({ ...minimal, ...given }).limits).toMatchObject({
      signIn: { limit: 5, windowMs: 600_000 },
      guestSession: null,
      quotas: { guest: { turnsAtOnce: 1, tokensADay: 1_000 }, user: { turnsAtOnce: 32, tokensADay: 1_000 }, admin: { turnsAtOnce: null, tokensADay: 1_000 } },
    });
    const bad = { DRAMATIS_LIMIT_SIGN_UPS: '5 an hour', DRAMATIS_LIMIT_SIGN_INS: '0/1m', DRAMATIS_QUOTA_TURNS_A_MINUTE: 'visitor=1', DRAMATIS_QUOTA_TOKENS_A_DAY: '-1' };
    for (const name of Object.keys(bad)) expect(messageOf({ ...minimal, ...bad })).toMatch(new RegExp(`^  ${name}: must be`, 'm'));
  });

  it('holds strangers to limits for people outside the embedded stack', () => {
    const { limits } = readEnv({ ...minimal, DRAMATIS_EMBEDDED: '0', DRAMATIS_ADMIN_TOKEN: 'Zk3v9Qw1xT7rB5nM0pLc8YhG2sJd' });
    expect(limits).toMatchObject({ signIn: { limit: 10 }, quotas: { guest: { turnsAtOnce: 2, tokensADay: 100_000 }, admin: { tokensADay: null } } });
  });

  describe('providers of identities', () => {
    const provider = { DRAMATIS_OIDC_PROVIDERS: 'my-corp', DRAMATIS_OIDC_MY_CORP_ISSUER: 'https://id.example', DRAMATIS_OIDC_MY_CORP_CLIENT_ID: 'dramatis' };

    it('have variables of their own, and defaults', () => {
      const [settings] = readEnv({ ...minimal, ...provider, DRAMATIS_OIDC_MY_CORP_ROLES: 'staff=curator, operators=admin' }).oidcProviders;
      expect(settings).toMatchObject({ id: 'my-corp', label: 'my-corp', clientSecret: null, scopes: 'openid email profile', groupClaim: 'groups' });
      expect([...settings!.groupRoles]).toEqual([['staff', 'curator'], ['operators', 'admin']]);
      expect(readEnv(minimal).oidcProviders).toEqual([]);
    });

    it.each([
      [{ DRAMATIS_OIDC_PROVIDERS: 'my-corp,my-corp' }, 'DRAMATIS_OIDC_PROVIDERS: names a provider twice'],
      [{ DRAMATIS_OIDC_PROVIDERS: 'My Corp' }, 'DRAMATIS_OIDC_PROVIDERS: "My Corp" must be a name'],
      [{ DRAMATIS_OIDC_MY_CORP_ISSUER: '' }, 'DRAMATIS_OIDC_MY_CORP_ISSUER: is required'],
      [{ DRAMATIS_OIDC_MY_CORP_ISSUER: 'http://id.example' }, 'DRAMATIS_OIDC_MY_CORP_ISSUER: must be an address that begins with https://'],
      [{ DRAMATIS_OIDC_MY_CORP_ISSUER: 'https://id.example?tenant=1' }, 'DRAMATIS_OIDC_MY_CORP_ISSUER: must be'],
      [{ DRAMATIS_OIDC_MY_CORP_CLIENT_ID: '' }, 'DRAMATIS_OIDC_MY_CORP_CLIENT_ID: is required'],
      [{ DRAMATIS_OIDC_MY_CORP_SCOPES: 'email profile' }, 'DRAMATIS_OIDC_MY_CORP_SCOPES: must include openid'],
      [{ DRAMATIS_OIDC_MY_CORP_ROLES: 'staff=king' }, 'DRAMATIS_OIDC_MY_CORP_ROLES: must be a list'],
      [{ DRAMATIS_EMBEDDED: '0', DRAMATIS_ADMIN_TOKEN: 'Zk3v9Qw1xT7rB5nM0pLc8YhG2sJd' }, 'DRAMATIS_PUBLIC_ORIGINS: is required with DRAMATIS_OIDC_PROVIDERS'],
    ])('are refused with %j', (wrong, message) => {
      expect(messageOf({ ...minimal, ...provider, ...wrong })).toContain(`  ${message}`);
    });

    it('may be on this machine without TLS, where nobody is in between', () => {
      for (const host of ['localhost:8080', '127.0.0.1', '[::1]:1']) expect(messageOf({ ...minimal, ...provider, DRAMATIS_OIDC_MY_CORP_ISSUER: `http://${host}` })).toBe('');
    });
  });

  describe('an issuer of tokens', () => {
    const issuer = { DRAMATIS_JWT_ISSUER: 'https://id.example/realm', DRAMATIS_JWT_AUDIENCE: 'https://dramatis.example' };

    it('needs little, and no signature that a shared secret could make is among the defaults', () => {
      const { jwt } = readEnv({ ...minimal, ...issuer });
      expect(jwt).toMatchObject({ audience: 'https://dramatis.example', jwksUrl: null, scopes: ['read', 'converse'], label: 'id.example', groupClaim: 'groups' });
      expect(jwt!.algorithms.filter((algorithm) => !/^([RPE]S\d|Ed)/.test(algorithm))).toEqual([]);
      expect(readEnv(minimal).jwt).toBeNull();
    });

    it('takes what it is given', () => {
      const given = { DRAMATIS_JWT_ALGORITHMS: 'ES384, RS512', DRAMATIS_JWT_SCOPES: 'read', DRAMATIS_JWT_JWKS_URL: 'https://keys.example/jwks?tenant=1', DRAMATIS_JWT_ROLES: 'a=curator', DRAMATIS_JWT_GROUP_CLAIM: 'roles' };
      expect(readEnv({ ...minimal, ...issuer, ...given }).jwt).toMatchObject({ algorithms: ['RS512', 'ES384'], scopes: ['read'], jwksUrl: given.DRAMATIS_JWT_JWKS_URL, groupClaim: 'roles' });
    });

    it.each([
      [{ DRAMATIS_JWT_ISSUER: '' }, 'DRAMATIS_JWT_ISSUER: is required'],
      [{ DRAMATIS_JWT_ISSUER: 'http://id.example' }, 'DRAMATIS_JWT_ISSUER: must be an address that begins with https://'],
      [{ DRAMATIS_JWT_AUDIENCE: '' }, 'DRAMATIS_JWT_AUDIENCE: is required'],
      [{ DRAMATIS_JWT_JWKS_URL: 'http://keys.example/jwks' }, 'DRAMATIS_JWT_JWKS_URL: must be an address that begins with https://'],
      [{ DRAMATIS_JWT_ALGORITHMS: 'RS256,none' }, 'DRAMATIS_JWT_ALGORITHMS: must be a list of RS256'],
      [{ DRAMATIS_JWT_ALGORITHMS: 'HS256' }, 'DRAMATIS_JWT_ALGORITHMS: must be a list of RS256'],
      [{ DRAMATIS_JWT_SCOPES: 'read,administer' }, 'DRAMATIS_JWT_SCOPES: must be a list of read'],
      [{ DRAMATIS_JWT_ROLES: 'staff' }, 'DRAMATIS_JWT_ROLES: must be a list'],
      [
        { DRAMATIS_OIDC_PROVIDERS: 'x', DRAMATIS_OIDC_X_ISSUER: issuer.DRAMATIS_JWT_ISSUER, DRAMATIS_OIDC_X_CLIENT_ID: issuer.DRAMATIS_JWT_AUDIENCE },
        'DRAMATIS_JWT_AUDIENCE: must not be the client’s id',
      ],
    ])('is refused with %j', (wrong, message) => {
      expect(messageOf({ ...minimal, ...issuer, ...wrong })).toContain(`  ${message}`);
    });
  });

  it('sends mails from an address by a server, or not at all', () => {
    const server = { DRAMATIS_SMTP_URL: 'smtps://user:hunter2@mail.example', DRAMATIS_MAIL_FROM: 'Dramatis <dramatis@example.org>' };
    expect(readEnv({ ...minimal, ...server }).smtp).toEqual({ url: server.DRAMATIS_SMTP_URL, from: server.DRAMATIS_MAIL_FROM });
    expect(readEnv(minimal).smtp).toBeNull();
    expect(messageOf({ ...minimal, ...server, DRAMATIS_MAIL_FROM: '' })).toContain('  DRAMATIS_MAIL_FROM: is required with DRAMATIS_SMTP_URL');
    expect(messageOf({ ...minimal, ...server, DRAMATIS_MAIL_FROM: 'x@y.example\r\nBcc: z@example.org' })).toContain('  DRAMATIS_MAIL_FROM: must be an address');
    expect(messageOf({ ...minimal, ...server, DRAMATIS_EMBEDDED: '0' })).toContain('  DRAMATIS_PUBLIC_ORIGINS: is required with DRAMATIS_SMTP_URL');
    const message = messageOf({ ...minimal, ...server, DRAMATIS_SMTP_URL: 'http://user:hunter2@mail.example' });
    expect(message).toContain('  DRAMATIS_SMTP_URL: must be an address that begins with smtp://');
    expect(message).not.toContain('hunter2');
  });

  it('takes TLS from the public origins when they are given', () => {
    expect(readEnv({ ...minimal, DRAMATIS_PUBLIC_ORIGINS: 'https://a.example, https://b.example' }).secure).toBe(true);
    expect(readEnv({ ...minimal, DRAMATIS_PUBLIC_ORIGINS: 'http://127.0.0.1:4200' }).secure).toBe(false);
  });
});
