import { findBinary, isExecutable } from '../../stack/lib/find-binary.mjs';
import { runCommand } from '../../stack/lib/run-command.mjs';
import { StackError } from '../../stack/lib/stack-error.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * The browser for the browser tests: CHROMIUM_PATH, one on the PATH, or on Debian and its kin the distribution's package,
 * which is installed when this user may.
 *
 * @param {{ signal: AbortSignal, report: (text: string) => void }} context
 * @returns {Promise<string>} its full path
 * @throws {StackError} BROWSER_MISSING, INTERRUPTED
 */
export async function findChromium({ signal, report }) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isExecutable(given)) return given;
    throw new StackError('BROWSER_MISSING', `CHROMIUM_PATH names ${given}, which is no program.`, { remedy: 'Correct CHROMIUM_PATH, or unset it.' });
  }
  const found = findBinary(COMMANDS);
  if (found !== undefined) return found;
  await installPackage({ signal, report });
  const installed = findBinary(COMMANDS);
  if (installed !== undefined) return installed;
  throw missing('It was installed, but is not on the PATH.');
}

/** @param {{ signal: AbortSignal, report: (text: string) => void }} context */
async function installPackage({ signal, report }) {
  const aptGet = findBinary(['apt-get']);
  if (aptGet === undefined || process.getuid?.() !== 0) throw missing('It cannot be installed from here: that takes apt-get and root.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (/** @type {string[]} */ ...args) => runCommand(aptGet, args, { env, signal, timeoutMs: INSTALL_TIMEOUT_MS });
  try {
    report('apt-get update');
    await run('update', '-qq');
    report('apt-get install chromium');
    await run('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  } catch (error) {
    if (error instanceof StackError && error.code === 'INTERRUPTED') throw error;
    throw missing(`apt-get could not install it: ${/** @type {Error} */ (error).message}`, /** @type {StackError} */ (error).detail);
  }
}

/**
 * @param {string} why
 * @param {string} [detail]
 */
function missing(why, detail) {
  return new StackError('BROWSER_MISSING', `Chromium is not installed. ${why}`, {
    detail,
    remedy: 'Install Chromium or Chrome, or name it in CHROMIUM_PATH.',
  });
}
