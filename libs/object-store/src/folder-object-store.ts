import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertContent, assertObjectKey, objectKeyOf } from './object-key.js';
import { type ObjectKey, type ObjectStore, ObjectStoreError } from './port.js';

export interface FolderObjectStoreOptions {
  /** Made when it is not there. */
  folder: string;
}

/** Objects as files of one folder, in subfolders of the first two digits of their keys. */
export function createFolderObjectStore({ folder }: FolderObjectStoreOptions): ObjectStore {
  const pathOf = (key: string): string => {
    assertObjectKey(key);
    return join(folder, key.slice(0, 2), key);
  };

  return {
    async put(bytes) {
      const key = objectKeyOf(bytes);
      const path = pathOf(key);
      if (await isIntact(path, key)) return key;
      await mkdir(dirname(path), { recursive: true }).catch(unavailable(`cannot make ${dirname(path)}`));
      await writeAtomically(path, bytes).catch(unavailable(`cannot write ${path}`));
      return key;
    },

    async get(key) {
      const path = pathOf(key);
      const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new ObjectStoreError('not_found', `There is no object ${key}.`, { cause: error });
        return unavailable(`cannot read ${path}`)(error);
      });
      assertContent(key, bytes);
      return bytes;
    },

    async has(key) {
      const path = pathOf(key);
      return access(path).then(
        () => true,
        (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : unavailable(`cannot look for ${path}`)(error)),
      );
    },

    async delete(key) {
      await rm(pathOf(key), { force: true }).catch(unavailable(`cannot delete ${key}`));
    },
  };
}

/** What a power cut has damaged is written again. */
async function isIntact(path: string, key: ObjectKey): Promise<boolean> {
  const bytes = await readFile(path).catch(() => null);
  return bytes !== null && objectKeyOf(bytes) === key;
}

/** Readers see the whole file or none: it is written beside its place, flushed, and then renamed. */
async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function unavailable(what: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw new ObjectStoreError('unavailable', `The object store ${what}: ${error.message}`, { cause: error });
  };
}
