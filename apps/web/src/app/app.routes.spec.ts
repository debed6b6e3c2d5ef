import { TestBed } from '@angular/core/testing';
import type { Route, Routes } from '@angular/router';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideTexts } from '../i18n/provide-texts';
import { routes } from './app.routes';

const pages = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../e2e/browser/pages.json'), 'utf8')) as Record<string, string>;

/** The whole path of each route that shows a page. */
async function pathsOf(under: Routes, before: string[] = []): Promise<string[]> {
  const found = await Promise.all(
    under.map(async (route) => {
      const path = [...before, ...(route.path ? [route.path] : [])];
      const children = await childrenOf(route);
      if (children) return pathsOf(children, path);
      return route.redirectTo === undefined ? [path.join('/')] : [];
    }),
  );
  return found.flat();
}

async function childrenOf({ children, loadChildren }: Route): Promise<Routes | undefined> {
  if (!loadChildren) return children;
  const loaded = (await TestBed.runInInjectionContext(() => loadChildren())) as { default: Routes };
  return loaded.default;
}

describe('the pages of the application', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [provideTexts()] }));

  it('are all among those that a browser looks at in every theme and at every width', async () => {
    expect(Object.keys(pages).sort()).toEqual((await pathsOf(routes)).sort());
  });
});
