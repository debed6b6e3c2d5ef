import { returnPath } from './oidc.js';

describe('returnPath', () => {
  it.each(['/', '/conversations/1?x=//y#z', '/a:b', '/personas/ada%20l'])('takes %p', (path) => {
    expect(returnPath.parse(path)).toBe(path);
  });

  it.each(['', 'x', 'https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\n/evil.example', '/a\\b', ' //evil.example', 'javascript:1', `/${'a'.repeat(500)}`])(
    'refuses %p',
    (path) => {
      expect(returnPath.safeParse(path).success).toBe(false);
    },
  );
});
