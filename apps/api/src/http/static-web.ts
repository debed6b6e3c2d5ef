import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPageScripts, pageLanguages, type PageLanguage } from './page-scripts.js';

/** Scripts and styles whose name Angular's build ends in a hash of their content: `main-D-9PwucX.js`. They never change. */
const hashedName = /[\\/](?:chunk|main|polyfills|styles)-[\w-]{8}\.(?:js|css)$/;
const neverWeb = /^\/(api|health|metrics|socket\.io)(\/|$)/;

/** What the index page has where the nonce of its answer belongs. */
const noncePlaceholder = /__csp_nonce__/g;

/** The folder with the built web application's index.html below `distDir`, or null when it was not built. */
export function findWebRoot(distDir: string): string | null {
  if (!existsSync(distDir)) return null;
  const folders = readdirSync(distDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const candidates = [distDir, ...folders.map(({ name }) => join(distDir, name))].flatMap((folder) => [join(folder, 'browser'), folder]);
  return candidates.find((folder) => existsSync(join(folder, 'index.html'))) ?? null;
}

/**
 * Serves the web application from `webRoot`: its files, and its index page for the addresses of its own routes, so that
 * a reload works everywhere. Addresses of the API, and files that do not exist, pass on.
 */
export function staticWeb(webRoot: string): RequestHandler {
  const scriptsOf = findPageScripts(webRoot);
  const files = express.static(webRoot, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response, path) => {
      const caching = hashedName.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('Cache-Control', caching);
    },
  });
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (neverWeb.test(request.path)) return next();
    files(request, response, (error?: unknown) => {
      if (error !== undefined) return next(error);
      if (!isPageAddress(request)) return next();
      // What is shared is for whoever has the link, not for whoever searches.
      if (request.path.startsWith('/shared/')) response.setHeader('X-Robots-Tag', 'noindex, nofollow');
      sendIndex(webRoot, scriptsOf(request.path, languageOf(request)), response).catch(next);
    });
  };
}

/** Each answer has a nonce of its own, so that there is nothing by which a browser could tell that it has this one already. */
async function sendIndex(webRoot: string, scripts: readonly string[], response: Response): Promise<void> {
  const index = await readFile(join(webRoot, 'index.html'), 'utf8');
  const preloads = scripts.map((script) => `<link rel="modulepreload" href="${script}" nonce="__csp_nonce__">`).join('');
  // After those of every page: what comes first is fetched first.
  const page = index.replace('</body>', `${preloads}</body>`);
  const nonce = (response.locals['styleNonce'] as string | undefined) ?? '';
  response.type('html').setHeader('Cache-Control', 'no-cache');
  response.send(page.replace(noncePlaceholder, nonce));
}

function languageOf(request: Request): PageLanguage {
  return (request.acceptsLanguages(...pageLanguages) || pageLanguages[0]) as PageLanguage;
}

/** Whether a browser asks for a page, as opposed to a script or picture that is not there. */
function isPageAddress(request: Request): boolean {
  const lastSegment = request.path.slice(request.path.lastIndexOf('/') + 1);
  return !lastSegment.includes('.') && request.accepts(['html', 'json']) === 'html';
}
