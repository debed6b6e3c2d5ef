import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderObjectStore } from './folder-object-store.js';
import { itIsAnObjectStore } from './object-store-contract.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'objects-'))));
afterAll(() => rm(folder, { recursive: true }));

describe('folder object store', () => {
  itIsAnObjectStore(() => createFolderObjectStore({ folder: join(folder, 'made', 'when', 'needed') }));

  it('notices content that changed on the disk', async () => {
    const store = createFolderObjectStore({ folder });
    const { key } = await store.put('as it was');
    await writeFile(join(folder, key), 'as it is');
    await expect(store.get(key)).rejects.toMatchObject({ code: 'corrupted' });
  });

  it('leaves nothing unfinished behind', async () => {
    const store = createFolderObjectStore({ folder: join(folder, 'tidy') });
    await Promise.all(Array.from({ length: 20 }, () => store.put('contended')));
    const files = (await readdir(join(folder, 'tidy'), { recursive: true })).filter((name) => name.endsWith('.tmp'));
    expect(files).toEqual([]);
  });

  it('says what to do when it cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    const store = createFolderObjectStore({ folder: join(folder, 'file') });
    await expect(store.put('x')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
