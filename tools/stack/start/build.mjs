import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../lib/run-command.mjs';
import { StackError } from '../lib/stack-error.mjs';
import { productNode } from './dependencies.mjs';

/** What the build reads and writes. */
const FOLDERS = ['apps', 'workflows', 'activities', 'libs', 'tools/build'];
const FILES = ['package-lock.json', 'nx.json', 'tsconfig.base.json'];
const NOT_BUILT = new Set(['node_modules', '.angular', '.nx', 'coverage']);

/** Kept beside the packages: both are this checkout's, and both can be made again. */
const STAMP = join('node_modules', '.cache', 'dramatis', 'build');

/**
 * Builds the product, unless neither its sources nor what was built from them have changed since it last did.
 *
 * @param {string} root
 * @param {{ signal: AbortSignal, report: (text: string) => void }} context
 * @returns {Promise<string>} what was done, for people
 * @throws {StackError} BUILD_FAILED
 */
export async function build(root, { signal, report }) {
  const stamp = join(root, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root)) return 'already built';
  report('nx run-many -t build');
  try {
    await runCommand(productNode(root), [join(root, 'node_modules', '.bin', 'nx'), 'run-many', '-t', 'build', '--output-style=static'], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
      signal,
      onLine: (line) => {
        const project = /nx run (\S+)/.exec(line)?.[1];
        if (project !== undefined) report(`built ${project}`);
      },
    });
  } catch (error) {
    if (error instanceof StackError && error.code === 'COMMAND_FAILED') {
      throw new StackError('BUILD_FAILED', 'The build failed:', { detail: error.detail, remedy: 'Run "npm run build" to see all of it.', cause: error });
    }
    throw error;
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint(root));
  return 'built';
}

/**
 * Changes with every file that was added, removed, written or resized.
 * @param {string} root
 */
function fingerprint(root) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  };
  for (const file of FILES.map((name) => join(root, name))) if (existsSync(file)) add(file);
  for (const folder of FOLDERS.map((name) => join(root, name))) if (existsSync(folder)) walk(folder, add);
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {(file: string) => void} visit
 */
function walk(folder, visit) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_BUILT.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, visit);
    else if (entry.isFile()) visit(path);
  }
}
