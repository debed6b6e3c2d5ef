import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeObject, ObjectStoreError, requireIntact, requireKey, type ObjectStore, type OpenedObject, type StoredObject } from './port.js';
import { verifiedStream } from './verified-stream.js';

export interface FolderObjectStoreOptions {
  /** Made when it is not there. */
  folder: string;
}

/** Objects as files below a folder. A file appears whole or not at all. */
export function createFolderObjectStore({ folder }: FolderObjectStoreOptions): ObjectStore {
  const pathOf = (key: string): string => join(folder, requireKey(key));

  async function exists(path: string): Promise<boolean> {
    try {
      await access(path);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw unavailable(error);
    }
  }

  return {
    async put(content): Promise<StoredObject> {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const stored = describeObject(bytes);
      const path = pathOf(stored.key);
      if (await isIntact(path, stored.key)) return stored;
      const unfinished = `${path}.${randomUUID()}.tmp`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeDurably(unfinished, bytes);
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        throw unavailable(error);
      }
      return stored;
    },

    async get(key): Promise<Uint8Array> {
      const path = pathOf(key);
      try {
        return requireIntact(key, await readFile(path));
      } catch (error) {
        throw readError(key, error);
      }
    },

    async open(key): Promise<OpenedObject> {
      const path = pathOf(key);
      try {
        const file = await open(path);
        const { size } = await file.stat();
        return { bytes: size, content: verifiedStream(key, file.createReadStream(), unavailable) };
      } catch (error) {
        throw readError(key, error);
      }
    },

    has: async (key) => exists(pathOf(key)),

    async delete(key): Promise<void> {
      const path = pathOf(key);
      await rm(path, { force: true }).catch((error: unknown) => {
        throw unavailable(error);
      });
    },

    close: async () => undefined,
  };
}

function readError(key: string, error: unknown): ObjectStoreError {
  return isMissing(error) ? new ObjectStoreError('not_found', `There is no object ${key}.`, error) : unavailable(error);
}

/** What a power cut has damaged does not count as there, and is written again. */
async function isIntact(path: string, key: string): Promise<boolean> {
  const content = await readFile(path).catch(() => null);
  return content !== null && describeObject(content).key === key;
}

/** Content is on the disk before its name says so. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function unavailable(error: unknown): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const remedy =
    code === 'ENOSPC' ? ' The disk is full: free some space.' : code === 'EACCES' || code === 'EROFS' ? ' The folder cannot be written: check its permissions.' : '';
  return new ObjectStoreError('unavailable', `The object store cannot be used: ${message}.${remedy}`, error);
}
