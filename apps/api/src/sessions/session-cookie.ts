const plainName = 'dramatis_session';

const tokenPattern = /^[A-Za-z0-9_-]{20,100}$/;

/** With TLS browsers take it only from this very host, and no other host of the domain can put its own in the place. */
export function sessionCookieName({ secure }: { secure: boolean }): string {
  return secure ? `__Host-${plainName}` : plainName;
}

/** The session's token in a `Cookie` header, or null when there is none that could be one. */
export function readSessionCookie(header: string | undefined, options: { secure: boolean }): string | null {
  const name = sessionCookieName(options);
  for (const pair of header?.split(';') ?? []) {
    const separator = pair.indexOf('=');
    if (pair.slice(0, separator).trim() !== name) continue;
    const token = pair.slice(separator + 1).trim();
    return tokenPattern.test(token) ? token : null;
  }
  return null;
}

/** A `Set-Cookie` value. Out of reach of scripts, and not sent along by other sites' forms and pictures. */
export function writeSessionCookie(token: string, options: { secure: boolean; maxAgeSeconds: number }): string {
  const attributes = [`${sessionCookieName(options)}=${token}`, `Max-Age=${options.maxAgeSeconds}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  return [...attributes, ...(options.secure ? ['Secure'] : [])].join('; ');
}
