import { existsSync } from 'node:fs';
import { findBinary, isExecutable } from './lib/find-binary.mjs';
import { runCommand } from './lib/run-command.mjs';
import { StackError } from './lib/stack-error.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const REMEDY = 'Install one, for example with "apt-get install chromium", or set CHROMIUM_PATH to one.';

/**
 * A Chromium for browser tests: CHROMIUM_PATH, one on the PATH, or one installed from Debian's packages.
 * Documented in chromium.d.mts.
 *
 * @param {import('./chromium.mjs').FindChromiumOptions} [options]
 * @returns {Promise<string>}
 */
export async function findChromium({ install = false, log = () => undefined } = {}) {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') {
    if (isExecutable(given)) return given;
    throw new StackError('CHROMIUM_MISSING', `CHROMIUM_PATH names ${given}, which is no program.`, { remedy: 'Correct it, or unset it.' });
  }
  const found = findBinary(COMMANDS);
  if (found !== undefined) return found;
  if (install && canInstall()) await installFromDebian(log);
  const installed = findBinary(COMMANDS);
  if (installed !== undefined) return installed;
  throw new StackError('CHROMIUM_MISSING', 'No Chromium or Chrome was found on the PATH.', { remedy: REMEDY });
}

/** Ubuntu's package of that name only leads to a snap, which does not run in containers. */
function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && !existsSync('/etc/lsb-release') && findBinary(['apt-get']) !== undefined;
}

/** @param {(text: string) => void} log */
async function installFromDebian(log) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    log('apt-get update');
    await runCommand('apt-get', ['update'], { env });
    log('apt-get install chromium');
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, onLine: (line) => log(line) });
  } catch (error) {
    const { detail } = /** @type {StackError} */ (error);
    throw new StackError('CHROMIUM_MISSING', 'Chromium could not be installed:', { detail, remedy: REMEDY, cause: error });
  }
}
