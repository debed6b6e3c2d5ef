export const sessionCookieName = 'dramatis_session';

const tokenPattern = /^[A-Za-z0-9_-]{20,100}$/;

/** The session's token in a `Cookie` header, or null when there is none that could be one. */
export function readSessionCookie(header: string | undefined): string | null {
  for (const pair of header?.split(';') ?? []) {
    const separator = pair.indexOf('=');
    if (pair.slice(0, separator).trim() !== sessionCookieName) continue;
    const token = pair.slice(separator + 1).trim();
    return tokenPattern.test(token) ? token : null;
  }
  return null;
}

/** A `Set-Cookie` value. Out of reach of scripts, and not sent along by other sites' forms and pictures. */
export function writeSessionCookie(token: string, options: { secure: boolean; maxAgeSeconds: number }): string {
  const attributes = [`${sessionCookieName}=${token}`, `Max-Age=${options.maxAgeSeconds}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  return [...attributes, ...(options.secure ? ['Secure'] : [])].join('; ');
}
