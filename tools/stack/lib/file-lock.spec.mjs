import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock, unlock, withLock } from './file-lock.mjs';
import { temporaryFolder } from './temporary-folder.fixture.mjs';

describe('a lock file', () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), 'lock');

  it('belongs to the first, until that one lets go', async () => {
    expect(await tryLock(file())).toBeUndefined();
    expect(await tryLock(file())).toBe(process.pid);
    await unlock(file());
    expect(await tryLock(file())).toBeUndefined();
  });

  it('is taken over from a process that has ended', async () => {
    const { pid } = spawnSync('true');
    await writeFile(file(), `${pid} 1`);
    expect(await tryLock(file())).toBeUndefined();
    expect(await readFile(file(), 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`));
  });

  it('is taken over when its process id now belongs to another process', async () => {
    await writeFile(file(), `${process.pid} 1`);
    expect(await tryLock(file())).toBeUndefined();
  });

  it('is released when the work fails', async () => {
    await expect(withLock(file(), {}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await tryLock(file())).toBeUndefined();
  });
});
