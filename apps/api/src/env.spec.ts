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

  it('takes TLS from the public origins when they are given', () => {
    expect(readEnv({ ...minimal, DRAMATIS_PUBLIC_ORIGINS: 'https://a.example, https://b.example' }).secure).toBe(true);
    expect(readEnv({ ...minimal, DRAMATIS_PUBLIC_ORIGINS: 'http://127.0.0.1:4200' }).secure).toBe(false);
  });
});
