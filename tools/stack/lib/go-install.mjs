import { dirname, join } from 'node:path';
import { removeTree } from './artifact-cache.mjs';
import { runCommand } from './run-command.mjs';
import { findGo } from './tools.mjs';

/**
 * Builds a Go program from source into `bin` of a folder. Go's caches for it may take gigabytes, so they are kept apart and
 * removed afterwards.
 *
 * @param {{ module: string, ldflags?: string }} program `module` is the package with its version, as `go install` takes it
 * @param {string} directory
 * @param {import('./routes.mjs').RouteContext} context
 * @throws {import('./stack-error.mjs').StackError} GO_MISSING, or what the command ends with
 */
export async function goInstall({ module, ldflags = '' }, directory, { signal, report }) {
  const go = findGo();
  const work = join(directory, '.go');
  const env = {
    ...process.env,
    PATH: `${dirname(go)}:${process.env.PATH}`,
    GOPATH: join(work, 'path'),
    GOCACHE: join(work, 'cache'),
    GOBIN: join(directory, 'bin'),
    GOMODCACHE: join(work, 'path', 'pkg', 'mod'),
    GOFLAGS: [process.env.GOFLAGS, '-modcacherw'].filter(Boolean).join(' '),
    CGO_ENABLED: '0',
  };
  let downloaded = 0;
  let compiled = 0;
  const onLine = (/** @type {string} */ line) => {
    if (line.startsWith('go: downloading')) downloaded += 1;
    else if (/^[\w.-]+(\/[\w.-]+)*$/.test(line)) compiled += 1;
    report(compiled > 0 ? `go install, ${compiled} packages compiled` : `go install, ${downloaded} modules fetched`);
  };
  try {
    await runCommand(go, ['install', '-v', `-ldflags=-s -w ${ldflags}`.trimEnd(), module], { env, signal, onLine });
  } finally {
    report('removing the build caches');
    await removeTree(work);
  }
}
