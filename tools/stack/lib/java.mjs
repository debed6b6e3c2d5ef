import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBinary, isExecutable } from './find-binary.mjs';
import { StackError } from './stack-error.mjs';

/** Where Linux distributions and macOS install their JDKs. */
const JDK_FOLDERS = ['/usr/lib/jvm', '/usr/lib64/jvm', '/usr/java', '/opt/java', '/Library/Java/JavaVirtualMachines'];

/** @typedef {{ home: string, major: number }} Jdk */

/**
 * A JDK of at least this version: JAVA_HOME's when it is new enough, otherwise the newest of the PATH's and the installed ones.
 *
 * @param {number} minimumMajor
 * @returns {string} its home folder
 * @throws {StackError} JAVA_MISSING
 */
export function findJdk(minimumMajor) {
  const preferred = process.env.JAVA_HOME === undefined ? undefined : inspectJdk(process.env.JAVA_HOME);
  const chosen = chooseJdk(preferred, installedJdks(), minimumMajor);
  if (chosen === undefined) {
    throw new StackError('JAVA_MISSING', `Java ${minimumMajor} or later is not installed: a JDK, with javac.`, {
      remedy: `Install one, for example with "apt-get install openjdk-${minimumMajor}-jdk-headless", or set JAVA_HOME to one.`,
    });
  }
  return chosen.home;
}

/**
 * @param {Jdk | undefined} preferred
 * @param {readonly Jdk[]} others
 * @param {number} minimumMajor
 * @returns {Jdk | undefined}
 */
export function chooseJdk(preferred, others, minimumMajor) {
  if (preferred !== undefined && preferred.major >= minimumMajor) return preferred;
  return others.filter(({ major }) => major >= minimumMajor).sort((a, b) => b.major - a.major)[0];
}

/** @returns {Jdk[]} */
function installedJdks() {
  const onPath = findBinary(['javac']);
  const homes = onPath === undefined ? [] : [dirname(dirname(realpathSync(onPath)))];
  for (const folder of JDK_FOLDERS) {
    for (const name of listFolder(folder)) homes.push(join(folder, name), join(folder, name, 'Contents', 'Home'));
  }
  return homes.map(inspectJdk).filter((jdk) => jdk !== undefined);
}

/**
 * @param {string} home
 * @returns {Jdk | undefined} undefined when there is no JDK
 */
function inspectJdk(home) {
  if (!isExecutable(join(home, 'bin', 'java')) || !isExecutable(join(home, 'bin', 'javac'))) return undefined;
  try {
    const major = majorVersion(readFileSync(join(home, 'release'), 'utf8'));
    return major === undefined ? undefined : { home, major };
  } catch {
    return undefined;
  }
}

/**
 * The feature release out of a JDK's `release` file: 25 of JAVA_VERSION="25.0.3", 8 of "1.8.0_402".
 * @param {string} releaseFile
 * @returns {number | undefined}
 */
export function majorVersion(releaseFile) {
  const match = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(releaseFile);
  return match === null ? undefined : Number(match[1]);
}

/** @param {string} folder */
function listFolder(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
