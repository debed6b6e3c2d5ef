import express from 'express';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:http';
import { findWebRoot, staticWeb } from './static-web.js';

const page = { headers: { accept: 'text/html,*/*' } };

describe('staticWeb', () => {
  let dist: string;
  let server: Server;
  let address: string;
  let answers = 0;

  beforeAll(async () => {
    dist = mkdtempSync(join(tmpdir(), 'dramatis-web-'));
    const root = join(dist, 'web', 'browser');
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'index.html'), '<body><app-root ngCspNonce="__csp_nonce__"></app-root></body>');
    const outputs = {
      'chunk-B1zUo66e.js': { entryPoint: 'apps/web/src/app/features/gallery/gallery-page.ts' },
      'chunk-English1.js': { entryPoint: 'apps/web/src/i18n/gallery/en.ts' },
      'chunk-Deutsch1.js': { entryPoint: 'apps/web/src/i18n/gallery/de.ts' },
    };
    writeFileSync(join(root, '..', 'browser-stats.json'), JSON.stringify({ outputs }));
    writeFileSync(join(root, 'main-D-9PwucX.js'), 'export {}');
    writeFileSync(join(root, 'theme-settings.js'), 'export {}');
    writeFileSync(join(root, '.env'), 'SECRET=1');
    const app = express();
    app.use((_request, response, next) => {
      response.locals['styleNonce'] = `nonce-${(answers += 1)}`;
      next();
    });
    app.use(staticWeb(findWebRoot(dist)!));
    app.use((_request, response) => void response.status(404).send('passed on'));
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(dist, { recursive: true });
  });

  it.each(['/', '/personas/ada-lovelace', '/conversations/7f1c6a5e'])('answers %s with the page, never cached', async (path) => {
    const response = await fetch(address + path, page);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('app-root');
  });

  it('gives each page a nonce of its own, which no validator outlives', async () => {
    const pages = await Promise.all([fetch(address, page), fetch(address, page)]);
    const nonces = (await Promise.all(pages.map((response) => response.text()))).map((text) => /ngCspNonce="(nonce-\d+)"/.exec(text)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    expect(nonces).not.toContain(undefined);
    for (const { headers } of pages) expect(headers.get('last-modified')).toBeNull();
  });

  it('names the scripts of the page that is asked for, so that they are fetched at once', async () => {
    const namedFor = async (language: string): Promise<string[]> => {
      const response = await fetch(`${address}/?q=ada`, { headers: { ...page.headers, 'accept-language': language } });
      return [...(await response.text()).matchAll(/<link rel="modulepreload" href="([^"]+)" nonce="nonce-\d+">/g)].map(([, name]) => name!);
    };
    expect(await namedFor('de-CH, en;q=0.5')).toEqual(['chunk-B1zUo66e.js', 'chunk-Deutsch1.js']);
    expect(await namedFor('fr')).toEqual(['chunk-B1zUo66e.js', 'chunk-English1.js']);
    expect(await (await fetch(`${address}/conversations`, page)).text()).not.toContain('modulepreload');
  });

  it('lets browsers keep hashed files', async () => {
    const response = await fetch(`${address}/main-D-9PwucX.js`);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const unhashed = await fetch(`${address}/theme-settings.js`);
    expect(unhashed.headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/api/nothing', '/health/other', '/missing.js', '/.env', '/%2e%2e/%2e%2e/package.json'])('passes %s on', async (path) => {
    const response = await fetch(address + path, page);
    expect(await response.text()).toBe('passed on');
  });

  it('passes on what asks for data', async () => {
    const response = await fetch(`${address}/personas`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(404);
  });

  it('finds nothing where nothing was built', () => {
    expect(findWebRoot(join(dist, 'absent'))).toBeNull();
  });
});
