import { appendFile, mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactCache } from './artifact-cache.mjs';
import { temporaryFolder } from './temporary-folder.fixture.mjs';

describe('ArtifactCache', () => {
  const folder = temporaryFolder();
  const cache = () => new ArtifactCache(folder());

  /** @param {string} directory */
  const build = async (directory) => {
    await mkdir(join(directory, 'bin'));
    await writeFile(join(directory, 'bin', 'server'), 'the program');
    await writeFile(join(directory, 'notes.txt'), 'notes');
    await symlink('server', join(directory, 'bin', 'alias'));
  };

  it('finds nothing where nothing was installed', async () => {
    expect(await cache().verify('server-1')).toEqual({ state: 'absent' });
  });

  it('accepts an entry as it was installed', async () => {
    const directory = await cache().install('server-1', build);
    expect(await cache().verify('server-1')).toEqual({ state: 'valid', directory });
  });

  it.each([
    ['changed content of the same length', (/** @type {string} */ entry) => writeFile(join(entry, 'bin', 'server'), 'the prOgram'), /^bin\/server has another content/],
    ['a longer file', (/** @type {string} */ entry) => appendFile(join(entry, 'notes.txt'), '!'), /^notes\.txt has 6 bytes instead of 5/],
    ['an emptied file', (/** @type {string} */ entry) => truncate(join(entry, 'notes.txt')), /^notes\.txt has 0 bytes/],
    ['a missing file', (/** @type {string} */ entry) => rm(join(entry, 'notes.txt')), /^notes\.txt cannot be read \(ENOENT\)/],
    ['an unreadable manifest', (/** @type {string} */ entry) => writeFile(join(entry, 'manifest.json'), '{'), /^manifest\.json cannot be read/],
    ['an empty manifest', (/** @type {string} */ entry) => writeFile(join(entry, 'manifest.json'), '{"files":{}}'), /^manifest\.json lists no files/],
  ])('names the damage: %s', async (_, damage, problem) => {
    await damage(await cache().install('server-1', build));
    expect(await cache().verify('server-1')).toEqual({ state: 'corrupt', problem: expect.stringMatching(problem) });
  });

  it('ignores the bytecode that Python adds to an entry', async () => {
    const entry = await cache().install('server-1', build);
    await mkdir(join(entry, '__pycache__'));
    await writeFile(join(entry, '__pycache__', 'x.pyc'), '');
    expect(await cache().verify('server-1')).toMatchObject({ state: 'valid' });
  });

  it('replaces a damaged entry', async () => {
    await writeFile(join(await cache().install('server-1', build), 'notes.txt'), 'other');
    await cache().install('server-1', build);
    expect(await cache().verify('server-1')).toMatchObject({ state: 'valid' });
  });

  it('leaves nothing behind when the build fails', async () => {
    const failing = cache().install('server-1', async (directory) => {
      await build(directory);
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(folder())).toEqual([]);
  });

  it('builds once for two that want the same at the same time', async () => {
    let builds = 0;
    const counted = async (/** @type {string} */ directory) => {
      builds += 1;
      await build(directory);
    };
    const both = await Promise.all([cache().install('server-1', counted), cache().install('server-1', counted)]);
    expect(builds).toBe(1);
    expect(both[0]).toBe(both[1]);
  });

  it('says which disk is full', async () => {
    const full = cache().install('server-1', () => Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC' })));
    await expect(full).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining(folder()), remedy: expect.stringContaining('DRAMATIS_CACHE') });
  });
});
