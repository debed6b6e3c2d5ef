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

  it('takes TLS from the public origins when they are given', () => {
    expect(readEnv({ ...minimal, DRAMATIS_PUBLIC_ORIGINS: 'https://a.example, https://b.example' }).secure).toBe(true);
    expect(readEnv({ ...minimal, DRAMATIS_PUBLIC_ORIGINS: 'http://127.0.0.1:4200' }).secure).toBe(false);
  });
});
