import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPageScripts, pageLanguages, pages } from './page-scripts.js';

const statically = (path: string) => ({ path, kind: 'import-statement' });

describe('findPageScripts', () => {
  let dist: string;
  let webRoot: string;

  beforeEach(() => {
    dist = mkdtempSync(join(tmpdir(), 'dramatis-scripts-'));
    webRoot = join(dist, 'browser');
    mkdirSync(webRoot);
  });
  afterEach(() => rmSync(dist, { recursive: true }));

  const built = (outputs: object): void => writeFileSync(join(dist, 'browser-stats.json'), JSON.stringify({ inputs: {}, outputs }));

  it('gives what a page needs, through all that it imports, besides what every page has', () => {
    built({
      'main-A.js': { entryPoint: 'apps/web/src/main.ts', imports: [statically('chunk-core.js'), { path: 'chunk-page.js', kind: 'dynamic-import' }] },
      'chunk-core.js': { imports: [] },
      'chunk-page.js': { entryPoint: 'apps/web/src/app/features/conversation/conversation-page.ts', imports: [statically('chunk-core.js'), statically('chunk-reply.js'), { path: 'chunk-menu.js', kind: 'dynamic-import' }, statically('main-A.js')] },
      'chunk-reply.js': { imports: [statically('chunk-markdown.js'), statically('chunk-page.js')] },
      'chunk-markdown.js': { imports: [] },
      'chunk-menu.js': { imports: [] },
      'page.css': { entryPoint: 'x.css' },
      'chunk-en.js': { entryPoint: 'apps/web/src/i18n/conversation/en.ts' },
      'chunk-de.js': { entryPoint: 'apps/web/src/i18n/conversation/de.ts' },
    });
    const scriptsOf = findPageScripts(webRoot);
    expect(scriptsOf('/conversations/7f1c6a5e', 'en')).toEqual(['chunk-page.js', 'chunk-reply.js', 'chunk-markdown.js', 'chunk-en.js']);
    expect(scriptsOf('/conversations/7f1c6a5e', 'de')).toEqual(['chunk-page.js', 'chunk-reply.js', 'chunk-markdown.js', 'chunk-de.js']);
    // Not in this build, and not in the table.
    expect(scriptsOf('/conversations', 'en')).toEqual([]);
    expect(scriptsOf('/conversations/7f1c6a5e/else', 'en')).toEqual([]);
  });

  it('gives none where the build told nothing', () => {
    expect(findPageScripts(webRoot)('/', 'en')).toEqual([]);
  });

  it('refuses what the build should not have written, rather than serve pages that lack half their scripts', () => {
    built({ 'main-A.js': { imports: 'chunk' } });
    expect(() => findPageScripts(webRoot)).toThrow();
  });

  it('knows pages that the web application has', () => {
    const source = join(import.meta.dirname, '../../../web/src');
    const files = Object.values(pages).flatMap(({ module, texts }) => [module, ...pageLanguages.map((language) => `${texts}/${language}.ts`)]);
    expect(files.filter((file) => !existsSync(join(source, file)))).toEqual([]);
  });
});
