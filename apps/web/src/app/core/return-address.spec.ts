import { returnAddress } from './return-address';

describe('returnAddress', () => {
  it.each(['/', '/conversations/5?turn=1#end', '/console/audit?page=2', '/account'])('keeps %s', (path) => expect(returnAddress(path)).toBe(path));

  it.each([
    ['nothing', null],
    ['a relative path', 'conversations'],
    ['another host', 'https://evil.example/'],
    ['another host without a scheme', '//evil.example/'],
    ['a backslash', '/\\evil.example'],
    ['backslashes that browsers read as slashes', '\\\\evil.example'],
    ['a tab that browsers leave out', '/\t/evil.example'],
    ['a host behind dots', '/..//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['the page of signing in itself', '/account/sign-in?returnUrl=/'],
  ])('leads home instead of to %s', (_, address) => expect(returnAddress(address)).toBe('/'));
});
