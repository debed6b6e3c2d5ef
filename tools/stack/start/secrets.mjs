import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileSystemError } from '../lib/stack-error.mjs';

const SECRET_BYTES = 32;

/**
 * A secret of this installation: the environment's, or one that is made once and kept where only this user can read it.
 *
 * @param {string} variable
 * @param {string} dataDir
 * @param {string} fileName
 * @returns {string}
 */
export function secret(variable, dataDir, fileName) {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return given;
  const file = join(dataDir, fileName);
  try {
    return readFileSync(file, 'utf8').trim() || make(file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return make(file);
    throw explainFileSystemError(error, dataDir, 'DRAMATIS_DATA');
  }
}

/** @param {string} file */
function make(file) {
  const value = randomBytes(SECRET_BYTES).toString('base64url');
  writeFileSync(file, `${value}\n`, { mode: 0o600 });
  return value;
}
