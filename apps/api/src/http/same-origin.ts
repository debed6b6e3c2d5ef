import { DomainError } from '@dramatis/contracts/errors';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

export interface OriginRequest {
  headers: { origin?: string | undefined; host?: string | undefined; 'sec-fetch-site'?: string | string[] | undefined };
}

/** How browsers say that a request comes from this site's own page, or from nobody's page, such as an address that was typed in. */
const ownSites: ReadonlySet<unknown> = new Set(['same-origin', 'none']);

/**
 * Whether a browser's page may write or open a socket: one served from this host, or from one of the public origins. Browsers say so
 * twice, as `Origin` and as `Sec-Fetch-Site`, neither of which a page can change; requests with neither come from no browser's page.
 */
export function isAllowedOrigin(request: OriginRequest, publicOrigins: readonly string[]): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && publicOrigins.includes(origin)) return true;
  if (site !== undefined && !ownSites.has(site)) return false;
  if (origin === undefined) return true;
  // "null" and everything else that is no address belongs to nobody.
  if (!URL.canParse(origin)) return false;
  return host !== undefined && new URL(origin).host === host.toLowerCase();
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses writes from pages of other sites; beside the same-site cookie, the second wall against forged requests. */
export function sameOriginWrites(publicOrigins: readonly string[]): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (safeMethods.has(request.method) || isAllowedOrigin(request, publicOrigins)) return next();
    next(new DomainError('forbidden.other_site'));
  };
}
