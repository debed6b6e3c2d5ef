import { isOperatorHeader, operatorTokenProblem } from './operator-token.js';

const goodToken = 'Zk3v9Qw1xT7rB5nM0pLc8YhG2sJd';

describe('operatorTokenProblem', () => {
  const outside = { embedded: false };

  it('accepts a long random token', () => {
    expect(operatorTokenProblem(goodToken, outside)).toBeNull();
  });

  it.each([undefined, '', 'admin', 'changeme', 'secret', 'short-but-random-8fk2'])('refuses %p outside the embedded stack', (token) => {
    expect(operatorTokenProblem(token, outside)).not.toBeNull();
  });

  it.each(['changemechangemechangeme', 'your-secret-admin-token-please-change', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'dramatis-operator-token-1234567890'])(
    'refuses the long default %p',
    (token) => {
      expect(operatorTokenProblem(token, outside)).toContain('default');
    },
  );

  it('leaves the embedded stack free', () => {
    expect(operatorTokenProblem(undefined, { embedded: true })).toBeNull();
  });
});

describe('isOperatorHeader', () => {
  it('accepts the bearer token, whatever the case of the scheme', () => {
    expect(isOperatorHeader(`Bearer ${goodToken}`, goodToken)).toBe(true);
    expect(isOperatorHeader(`bearer ${goodToken}`, goodToken)).toBe(true);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', `Basic ${goodToken}`, `Bearer ${goodToken}x`, `Bearer ${goodToken} x`, goodToken])(
    'refuses %p',
    (header) => {
      expect(isOperatorHeader(header, goodToken)).toBe(false);
    },
  );

  it('knows no operator when there is no token', () => {
    expect(isOperatorHeader('Bearer ', null)).toBe(false);
    expect(isOperatorHeader(`Bearer ${goodToken}`, null)).toBe(false);
  });
});
