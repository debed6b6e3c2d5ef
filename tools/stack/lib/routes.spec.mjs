import { ArtifactCache } from './artifact-cache.mjs';
import { addressRoute, cacheRoute, installRoute, pathRoute, takeFirstRoute } from './routes.mjs';
import { StackError } from './stack-error.mjs';
import { temporaryFolder } from './temporary-folder.fixture.mjs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

describe('takeFirstRoute', () => {
  const folder = temporaryFolder();
  /** @type {string[]} */
  let warnings;
  const context = () => ({ cache: new ArtifactCache(folder()), report: () => undefined, warn: (/** @type {string} */ text) => void warnings.push(text) });
  beforeEach(() => {
    warnings = [];
    delete process.env.TRIAL_ADDRESS;
  });

  const inapplicable = { label: 'inapplicable', attempt: async () => undefined };
  const working = { label: 'working', attempt: async () => ({ route: 'working', directory: '/somewhere' }) };
  /** @param {string} code @param {string} [remedy] */
  const failing = (code, remedy) => ({ label: code, attempt: () => Promise.reject(new StackError(code, `${code} happened`, { remedy, detail: 'last line' })) });

  it('takes the first that applies and works', async () => {
    const found = await takeFirstRoute('Server', [inapplicable, failing('DOWNLOAD_FAILED'), working, failing('GO_MISSING')], context());
    expect(found).toEqual({ route: 'working', directory: '/somewhere' });
  });

  it('tells of each route that failed, with its remedy', async () => {
    const none = takeFirstRoute('Server', [inapplicable, failing('DOWNLOAD_FAILED', 'Check the network.'), failing('GO_MISSING', 'Install Go.')], context());
    await expect(none).rejects.toMatchObject({
      code: 'NO_ROUTE',
      message: expect.stringContaining('Server'),
      detail: 'DOWNLOAD_FAILED: DOWNLOAD_FAILED happened\nlast line\nGO_MISSING: GO_MISSING happened\nlast line',
      remedy: 'Check the network. Or: Install Go.',
    });
  });

  it.each(['DISK_FULL', 'FOLDER_NOT_WRITABLE', 'INTERRUPTED'])('does not try on after %s', async (code) => {
    await expect(takeFirstRoute('Server', [failing(code), working], context())).rejects.toMatchObject({ code });
  });

  it('takes a server that the environment names', async () => {
    process.env.TRIAL_ADDRESS = 'localhost:1';
    const found = await takeFirstRoute('Server', [addressRoute('TRIAL_ADDRESS', async () => true), working], context());
    expect(found.address).toBe('localhost:1');
  });

  it('does not replace a server that the environment names but that does not answer, and keeps its password to itself', async () => {
    process.env.TRIAL_ADDRESS = 'redis://user:secret@localhost:1';
    const unreachable = takeFirstRoute('Server', [addressRoute('TRIAL_ADDRESS', () => Promise.reject(new Error('refused'))), working], context());
    await expect(unreachable).rejects.toMatchObject({
      code: 'ADDRESS_UNREACHABLE',
      message: 'TRIAL_ADDRESS names redis://localhost:1, but nothing answers there.',
      remedy: expect.stringContaining('TRIAL_ADDRESS'),
    });
  });

  it('passes over an empty address', async () => {
    process.env.TRIAL_ADDRESS = '';
    expect(await takeFirstRoute('Server', [addressRoute('TRIAL_ADDRESS', async () => false), working], context())).toMatchObject({ route: 'working' });
  });

  it('takes a program on the PATH, unless it is not acceptable', async () => {
    expect(await takeFirstRoute('Server', [pathRoute('sh')], context())).toMatchObject({ binary: expect.stringMatching(/\/sh$/) });
    const refusing = pathRoute('sh', { accept: () => Promise.reject(new Error('too old')) });
    expect(await takeFirstRoute('Server', [refusing, working], context())).toMatchObject({ route: 'working' });
    expect(await takeFirstRoute('Server', [pathRoute('no-such-program'), working], context())).toMatchObject({ route: 'working' });
  });

  it('installs once, takes it from the cache afterwards, and makes a damaged copy anew', async () => {
    const routes = [cacheRoute('server-1'), installRoute('build', 'server-1', (directory) => writeFile(join(directory, 'server'), 'program'))];
    const first = await takeFirstRoute('Server', routes, context());
    expect(first.route).toBe('build');
    expect((await takeFirstRoute('Server', routes, context())).route).toBe('cache');
    await writeFile(join(/** @type {string} */ (first.directory), 'server'), 'prOgram');
    expect((await takeFirstRoute('Server', routes, context())).route).toBe('build');
    expect(warnings).toEqual([expect.stringMatching(/server-1 is damaged: server has another content/)]);
  });
});
