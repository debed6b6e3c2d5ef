import type { NextFunction, Request, Response } from 'express';

/** The version of the API that `/api/…` is. */
export const apiVersion = 'v1';

const versioned = new RegExp(`^/api/${apiVersion}(?=[/?]|$)`);

/**
 * `/api/v1/…` is `/api/…`: programs that name the version go on meeting it when there is another. Within a version fields and routes are
 * added, never taken away or given another meaning; what is not the version here has no routes.
 */
export function versionedPaths(request: Request, response: Response, next: NextFunction): void {
  if (request.url.startsWith('/api')) {
    response.setHeader('API-Version', apiVersion);
    request.url = request.url.replace(versioned, '/api');
  }
  next();
}
