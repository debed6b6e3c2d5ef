import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { chmod, lstat, mkdir, readFile, readdir, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { withLock } from './file-lock.mjs';
import { explainFileSystemError } from './stack-error.mjs';

const MANIFEST = 'manifest.json';
const HASHES_AT_ONCE = 4;
const SMALL_FILE_BYTES = 256 * 1024;
/** Python writes its bytecode beside the sources whenever it likes. */
const NOT_LISTED = new Set([MANIFEST, '__pycache__']);

/**
 * @typedef {{ sha256: string, bytes: number } | { link: string }} ManifestEntry
 * @typedef {{ name: string, madeAt: string, files: Record<string, ManifestEntry> }} Manifest
 * @typedef {{ state: 'absent' } | { state: 'valid', directory: string } | { state: 'corrupt', problem: string }} Verdict
 */

/**
 * The folder that keeps what a start had to download or build. Each entry is a folder with a manifest of the SHA-256 of
 * all its files, made in a folder beside it and moved into place when it is whole: an entry either exists as it was
 * built, or its damage is noticed.
 */
export class ArtifactCache {
  /** @param {string} directory */
  constructor(directory) {
    this.directory = directory;
  }

  /** @param {string} name */
  pathOf(name) {
    return join(this.directory, name);
  }

  /**
   * Whether an entry is there with the content it was made with.
   * @param {string} name
   * @returns {Promise<Verdict>}
   */
  async verify(name) {
    const directory = this.pathOf(name);
    if (!(await exists(directory))) return { state: 'absent' };
    let manifest;
    try {
      manifest = /** @type {Manifest} */ (JSON.parse(await readFile(join(directory, MANIFEST), 'utf8')));
    } catch (error) {
      return { state: 'corrupt', problem: `${MANIFEST} cannot be read (${/** @type {Error} */ (error).message})` };
    }
    const problem = await firstDifference(directory, manifest);
    return problem === undefined ? { state: 'valid', directory } : { state: 'corrupt', problem };
  }

  /**
   * Builds an entry with `build`, which fills the empty folder it is given, and puts it into place. A launcher that
   * does the same at the same time is waited for, and its result taken.
   *
   * @param {string} name
   * @param {(directory: string) => Promise<void>} build
   * @param {{ signal?: AbortSignal, onWait?: (holderPid: number) => void }} [options]
   * @returns {Promise<string>} the entry's folder
   * @throws {StackError} DISK_FULL, FOLDER_NOT_WRITABLE, or whatever `build` throws; no trace of the entry is left then
   */
  async install(name, build, { signal, onWait } = {}) {
    try {
      await mkdir(this.directory, { recursive: true });
      return await withLock(join(this.directory, `.${name}.lock`), { signal, onWait }, async () => {
        const found = await this.verify(name);
        if (found.state === 'valid') return found.directory;
        return await this.#build(name, build);
      });
    } catch (error) {
      throw explainFileSystemError(error, this.directory, 'DRAMATIS_CACHE');
    }
  }

  /**
   * @param {string} name
   * @param {(directory: string) => Promise<void>} build
   */
  async #build(name, build) {
    const target = this.pathOf(name);
    const unfinished = join(this.directory, `.${name}.partial`);
    await removeTree(unfinished);
    await mkdir(unfinished);
    try {
      await build(unfinished);
      await writeManifest(unfinished, name);
      await removeTree(target);
      await rename(unfinished, target);
      return target;
    } catch (error) {
      await removeTree(unfinished).catch(() => undefined);
      throw error;
    }
  }
}

/**
 * @param {string} directory
 * @param {Manifest} manifest
 * @returns {Promise<string | undefined>} the first difference found, in words
 */
async function firstDifference(directory, manifest) {
  const entries = Object.entries(manifest.files ?? {});
  if (entries.length === 0) return `${MANIFEST} lists no files`;
  /** @type {string | undefined} */
  let problem;
  await Promise.all(
    Array.from({ length: HASHES_AT_ONCE }, async () => {
      for (let next = entries.pop(); next !== undefined && problem === undefined; next = entries.pop()) {
        const found = await difference(join(directory, next[0]), next[0], next[1]);
        problem ??= found;
      }
    }),
  );
  return problem;
}

/**
 * @param {string} file
 * @param {string} name
 * @param {ManifestEntry} expected
 */
async function difference(file, name, expected) {
  try {
    if ('link' in expected) {
      if ((await readlink(file)) !== expected.link) return `${name} points elsewhere`;
      await stat(file);
      return undefined;
    }
    const { size } = await stat(file);
    if (size !== expected.bytes) return `${name} has ${size} bytes instead of ${expected.bytes}`;
    return (await sha256Of(file)) === expected.sha256 ? undefined : `${name} has another content than when it was made`;
  } catch (error) {
    return `${name} cannot be read (${/** @type {NodeJS.ErrnoException} */ (error).code})`;
  }
}

/**
 * @param {string} directory
 * @param {string} name
 */
async function writeManifest(directory, name) {
  /** @type {Record<string, ManifestEntry>} */
  const files = {};
  for await (const { file, link } of walk(directory)) {
    const key = relative(directory, file).split(sep).join('/');
    files[key] = link === undefined ? { sha256: await sha256Of(file), bytes: (await stat(file)).size } : { link };
  }
  /** @type {Manifest} */
  const manifest = { name, madeAt: new Date().toISOString(), files };
  await writeFile(join(directory, MANIFEST), JSON.stringify(manifest, null, 1));
}

/**
 * @param {string} directory
 * @returns {AsyncGenerator<{ file: string, link?: string }>}
 */
async function* walk(directory) {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = join(directory, entry.name);
    if (NOT_LISTED.has(entry.name)) continue;
    if (entry.isDirectory()) yield* walk(file);
    else if (entry.isSymbolicLink()) yield { file, link: await readlink(file) };
    else yield { file };
  }
}

/** The SHA-256 of a file, in hexadecimal. @param {string} file */
export async function sha256Of(file) {
  const hash = createHash('sha256');
  // For the thousands of small files of a Python environment, asynchronous reading would cost more than the hashing.
  if (statSync(file).size <= SMALL_FILE_BYTES) return hash.update(readFileSync(file)).digest('hex');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Removes a folder with all in it, also where its files are read-only, as Go's module cache is. @param {string} directory */
export async function removeTree(directory) {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EACCES') throw error;
    await makeWritable(directory);
    await rm(directory, { recursive: true, force: true });
  }
}

/** @param {string} directory */
async function makeWritable(directory) {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(directory, entry.name));
  }
}

/** @param {string} path */
async function exists(path) {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
