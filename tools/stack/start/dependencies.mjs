import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/run-command.mjs';
import { explainFileSystemError, StackError } from '../lib/stack-error.mjs';

/** Which lock file the packages in node_modules were installed from. */
const STAMP = join('node_modules', '.dramatis-installed');

/**
 * Installs the npm packages when there are none, or when they are not those of the lock file.
 *
 * @param {string} root
 * @param {{ signal: AbortSignal, report: (text: string) => void }} context
 * @returns {Promise<string>} what was done, for people
 * @throws {StackError} NPM_FAILED
 */
export async function installDependencies(root, { signal, report }) {
  if (readText(join(root, STAMP)) === lockDigest(root)) return 'npm packages are up to date';
  report('npm install');
  let fetched = 0;
  const [file, leading] = npmCommand();
  try {
    await runCommand(file, [...leading, 'install', '--no-audit', '--no-fund', '--loglevel=http'], {
      cwd: root,
      signal,
      onLine: (line) => {
        if (!/^npm (http|warn)/.test(line)) return;
        if (/^npm http (fetch|cache)/.test(line)) report(`npm install, ${(fetched += 1)} requests answered`);
        return false;
      },
    });
  } catch (error) {
    const explained = explainFileSystemError(error, root);
    if (explained !== error || (error instanceof StackError && error.code === 'INTERRUPTED')) throw explained;
    const { detail, remedy = 'Check the network and npm\'s settings ("npm config list"), then try again.' } = /** @type {StackError} */ (error);
    throw new StackError('NPM_FAILED', 'npm install failed:', { detail, remedy, cause: error });
  }
  writeFileSync(join(root, STAMP), lockDigest(root));
  return 'npm packages installed';
}

/** Node 24, out of the npm packages, or the one that runs this when that is new enough. @param {string} root */
export function productNode(root) {
  const installed = join(root, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new StackError('NODE_TOO_OLD', `Node 24 is missing: ${installed} was not installed, and this is Node ${process.versions.node}.`, {
    remedy: 'Remove node_modules and start again, or install Node 24.',
  });
}

/** The npm that runs this, if one does. @returns {[string, string[]]} */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script !== undefined && /npm-cli\.c?js$/.test(script) && existsSync(script) ? [process.execPath, [script]] : ['npm', []];
}

/** @param {string} root */
function lockDigest(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readText(join(root, file)));
  return hash.digest('hex');
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
