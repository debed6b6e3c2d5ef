import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createFolderObjectStore } from './folder-object-store.js';
import { itIsAnObjectStore } from './object-store-contract.js';

let base: string;
let count = 0;
const newFolder = () => join(base, `store-${(count += 1)}`, 'objects');

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'object-store-'));
});
afterAll(() => rm(base, { recursive: true }));

describe('the folder object store', () => {
  itIsAnObjectStore(() => createFolderObjectStore({ folder: newFolder() }));

  it('outlives its process', async () => {
    const folder = newFolder();
    const { key } = await createFolderObjectStore({ folder }).put('kept');
    expect(Buffer.from(await createFolderObjectStore({ folder }).get(key)).toString()).toBe('kept');
  });

  it('leaves no temporary files', async () => {
    const folder = newFolder();
    const store = createFolderObjectStore({ folder });
    const stored = await Promise.all(['a', 'b', 'a'].map((text) => store.put(text)));
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.map((file) => file.name).sort()).toEqual([...new Set(stored.map(({ sha256 }) => sha256))].sort());
  });

  it('notices what was changed behind its back, and mends it when put again', async () => {
    const folder = newFolder();
    const store = createFolderObjectStore({ folder });
    const { key } = await store.put('true');
    const path = join(folder, key);
    await writeFile(path, 'false');
    await expect(store.get(key)).rejects.toMatchObject({ code: 'corrupted', retryable: false });
    const { content } = await store.open(key);
    await expect(buffer(content)).rejects.toMatchObject({ code: 'corrupted', retryable: false });
    await store.put('true');
    expect(await readFile(path, 'utf8')).toBe('true');
  });

  it('says that it is unavailable when its folder is a file', async () => {
    const file = join(base, 'a-file');
    await writeFile(file, '');
    const store = createFolderObjectStore({ folder: file });
    await expect(store.put('text')).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'unavailable', retryable: true });
    await expect(store.get(`sha256/aa/${'a'.repeat(64)}`)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
