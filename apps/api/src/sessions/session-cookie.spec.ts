import { readSessionCookie, writeSessionCookie } from './session-cookie.js';

const plain = { secure: false };
const token = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA';

describe('readSessionCookie', () => {
  it('finds the token among other cookies', () => {
    expect(readSessionCookie(`theme=dark; dramatis_session=${token}; x=1`, plain)).toBe(token);
  });

  it.each([undefined, '', 'theme=dark', 'dramatis_session=', `xdramatis_session=${token}`, 'dramatis_session=%00%00', `dramatis_session=${'a'.repeat(200)}`])(
    'finds none in %p',
    (header) => {
      expect(readSessionCookie(header, plain)).toBeNull();
    },
  );

  it('takes the first of two, as browsers send the more specific one first', () => {
    expect(readSessionCookie(`dramatis_session=${token}; dramatis_session=${'b'.repeat(43)}`, plain)).toBe(token);
  });

  it('takes none but the one that is bound to this host, where there is TLS', () => {
    const tls = { secure: true };
    expect(readSessionCookie(`dramatis_session=${token}`, tls)).toBeNull();
    expect(readSessionCookie(`__Host-dramatis_session=${token}`, tls)).toBe(token);
  });
});

describe('writeSessionCookie', () => {
  it('is out of reach of scripts and other sites', () => {
    expect(writeSessionCookie(token, { secure: false, maxAgeSeconds: 60 })).toBe(
      `dramatis_session=${token}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`,
    );
  });

  it('is sent over TLS only, and bound to this host, where there is TLS', () => {
    expect(writeSessionCookie(token, { secure: true, maxAgeSeconds: 60 })).toBe(
      `__Host-dramatis_session=${token}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure`,
    );
  });
});
