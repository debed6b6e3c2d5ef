import { existsSync } from 'node:fs';
import { findBinary } from './find-binary.mjs';
import { findJdk } from './java.mjs';
import { findPython } from './python.mjs';
import { StackError } from './stack-error.mjs';

export const MINIMUM_JAVA = 21;

/** Where Go's own installer puts it, without adding it to the PATH. */
const GO_INSTALLED = '/usr/local/go/bin/go';

/** @throws {StackError} GO_MISSING */
export function findGo() {
  const go = findBinary(['go']) ?? (existsSync(GO_INSTALLED) ? GO_INSTALLED : undefined);
  if (go !== undefined) return go;
  throw new StackError('GO_MISSING', 'Go is not installed, or not on the PATH.', {
    remedy: 'Install Go 1.25 or later, or the program itself, and have it on the PATH.',
  });
}

/** @throws {StackError} MAVEN_MISSING */
export function findMaven() {
  const maven = findBinary(['mvn']);
  if (maven !== undefined) return maven;
  throw new StackError('MAVEN_MISSING', 'Maven (mvn) is not installed, or not on the PATH.', {
    remedy: 'Install it, for example with "apt-get install maven".',
  });
}

/**
 * An error of one server, with all the tools that are missing to build any of them, so that nobody has to install one after
 * the other. Other errors are given back as they are.
 *
 * @param {unknown} error
 * @returns {Promise<unknown>}
 */
export async function withMissingTools(error) {
  if (!(error instanceof StackError) || error.code !== 'NO_ROUTE') return error;
  const searches = [findGo, findMaven, () => findJdk(MINIMUM_JAVA), () => findPython({ report: () => undefined })];
  const outcomes = await Promise.allSettled(searches.map(async (search) => await search()));
  const missing = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [/** @type {StackError} */ (outcome.reason)] : []));
  if (missing.length === 0) return error;
  const lines = missing.map(({ message, remedy }) => `${message} ${remedy}`);
  return new StackError(error.code, error.message, {
    detail: error.detail,
    remedy: `The servers are built with tools of which some are missing here:\n${lines.map((line) => `  - ${line}`).join('\n')}`,
    cause: error,
  });
}
