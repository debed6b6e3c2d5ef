import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What went wrong while the stack was brought up, told to the person who started it: the message names the thing,
 * `remedy` says what to do about it. `code` is stable.
 */
export class StackError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ remedy?: string, detail?: string, cause?: unknown }} [more] `detail` is the tail of a log or of a
   *   command's output, printed below the message.
   */
  constructor(code, message, { remedy, detail, cause } = {}) {
    super(message, { cause });
    this.name = 'StackError';
    this.code = code;
    this.remedy = remedy;
    this.detail = detail;
  }
}

/** Errors that another route cannot cure: the chain of routes ends at the first of them. */
const FATAL_CODES = new Set(['ADDRESS_UNREACHABLE', 'DISK_FULL', 'FOLDER_NOT_WRITABLE', 'INTERRUPTED']);

/** Whether trying another route is pointless. @param {unknown} error */
export function isFatal(error) {
  return error instanceof StackError && FATAL_CODES.has(error.code);
}

/** What a full disk looks like in the words of Node, Go, Java, Python, npm and WiredTiger. */
const DISK_FULL = /ENOSPC|no space left on device|disk quota exceeded|EDQUOT/i;
const NOT_WRITABLE = new Set(['EACCES', 'EROFS', 'EPERM']);

/**
 * Turns an error of the file system, or of a tool that met one, into a StackError with a remedy. Other errors are
 * given back as they are.
 *
 * @param {unknown} error
 * @param {string} folder the folder being written
 * @param {string} [variable] the environment variable that moves that folder elsewhere, where there is one
 * @returns {unknown}
 */
export function explainFileSystemError(error, folder, variable) {
  if (error instanceof StackError && isFatal(error)) return error;
  const { code, message, detail } = /** @type {{ code?: string, message?: string, detail?: string }} */ (error);
  if (DISK_FULL.test(`${code} ${message} ${detail ?? ''}`)) {
    return new StackError('DISK_FULL', `The disk that holds ${folder} is full.`, {
      remedy: `Free some space${variable === undefined ? '' : `, or set ${variable} to a folder on another disk`}.`,
      cause: error,
    });
  }
  const reason = code === 'ENOENT' ? whyNotMade(folder) : code;
  if (reason !== undefined && NOT_WRITABLE.has(reason)) {
    const why = reason === 'EROFS' ? 'is on a read-only file system' : 'may not be written by this user';
    return new StackError('FOLDER_NOT_WRITABLE', `The folder ${folder} ${why}.`, {
      remedy: `Change its owner or permissions${variable === undefined ? '' : `, or set ${variable} to a folder that you can write`}.`,
      cause: error,
    });
  }
  return error;
}

/**
 * Making a folder with its parents on a read-only file system fails as if there were nothing; its nearest parent tells why.
 * @param {string} folder
 * @returns {string | undefined} a system error code
 */
function whyNotMade(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    return code === 'ENOENT' && dirname(folder) !== folder ? whyNotMade(dirname(folder)) : code;
  }
}

/**
 * The lines that a person sees for an error: the message, the remedy, the tail of a log.
 * @param {unknown} error
 */
export function formatError(error) {
  if (!(error instanceof StackError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [error.message];
  if (error.detail) lines.push(...error.detail.trimEnd().split('\n').map((line) => `    ${line}`));
  if (error.remedy) lines.push(`What to do: ${error.remedy}`);
  return lines.join('\n');
}
