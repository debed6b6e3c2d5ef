import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeTree } from '../lib/artifact-cache.mjs';
import { ManagedProcess } from '../lib/managed-process.mjs';
import { freePorts } from '../lib/ports.mjs';
import { elasticsearchAnswers } from '../lib/probes.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { StackError } from '../lib/stack-error.mjs';

const RESOURCES = fileURLToPath(new URL('../elasticsearch/', import.meta.url));
const SOURCE = join(RESOURCES, 'SingleNode.java');
const MAIN_CLASS = 'SingleNode';
const JAR = 'single-node.jar';
const ARCHIVE = 'classes.jsa';
const TRAINING_TIMEOUT_MS = 120_000;

/**
 * Boots Elasticsearch from its jars: the small main program, compiled once, and an archive of the classes that a boot loads.
 * With the archive a boot takes half the processor time (7.8 s instead of 14.6 s, of which the compilers have most).
 *
 * @typedef {object} Launcher
 * @property {string} jdk
 * @property {string} home the folder with the server's jars
 * @property {string} jar
 * @property {string} [archive] absent where it could not be made
 */

/**
 * @param {{ home: string, jdk: string, settings: Record<string, string>, workFolder: string }} options `settings` for the
 *   training boot, but for its ports and folders; `workFolder` is made and removed
 * @param {import('../lib/routes.mjs').RouteContext} context
 * @returns {Promise<Launcher>}
 */
export async function prepareLauncher({ home, jdk, settings, workFolder }, context) {
  const version = digest(await readFile(SOURCE, 'utf8'), home);
  const jarFolder = await cached(`elasticsearch-launcher-${version}`, context, (directory) => compile({ home, jdk, directory }, context));
  const launcher = { jdk, home, jar: join(jarFolder, JAR) };
  const archiveVersion = digest(version, await readFile(join(jdk, 'release'), 'utf8'));
  try {
    const archiveFolder = await cached(`elasticsearch-classes-${archiveVersion}`, context, async (directory) => {
      context.report('a first boot, to archive its classes');
      await train(launcher, join(directory, ARCHIVE), settings, workFolder, context.signal);
    });
    return { ...launcher, archive: join(archiveFolder, ARCHIVE) };
  } catch (error) {
    if (error instanceof StackError && error.code === 'INTERRUPTED') throw error;
    context.warn(`boots will be slower, since their classes could not be archived: ${/** @type {Error} */ (error).message}`);
    return launcher;
  }
}

/**
 * The command that boots a node with these settings.
 *
 * @param {Launcher} launcher
 * @param {Record<string, string>} settings
 * @param {readonly string[]} jvmOptions
 * @returns {import('../lib/managed-process.mjs').Command}
 */
export function bootCommand({ jdk, home, jar, archive }, settings, jvmOptions) {
  return {
    file: join(jdk, 'bin', 'java'),
    args: [
      // The archive holds no module graph with the two modules added below; the virtual machine would say so at each boot.
      ...(archive === undefined ? [] : [`-XX:SharedArchiveFile=${archive}`, '-Xlog:disable']),
      ...jvmOptions,
      '-XX:+ExitOnOutOfMemoryError',
      '--add-modules=jdk.net,jdk.incubator.vector',
      '--enable-native-access=ALL-UNNAMED',
      `-Des.path.home=${home}`,
      `-Dlog4j2.configurationFile=${join(RESOURCES, 'log4j2.properties')}`,
      '-cp', `${join(home, 'lib', '*')}:${jar}`,
      MAIN_CLASS,
      ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
    ],
  };
}

/**
 * @param {string} entry
 * @param {import('../lib/routes.mjs').RouteContext} context
 * @param {(directory: string) => Promise<void>} build
 */
async function cached(entry, { cache, signal, warn }, build) {
  const verdict = await cache.verify(entry);
  if (verdict.state === 'valid') return verdict.directory;
  if (verdict.state === 'corrupt') warn(`the cached copy ${cache.pathOf(entry)} is damaged: ${verdict.problem}. It is made anew.`);
  return await cache.install(entry, build, { signal });
}

/**
 * @param {{ home: string, jdk: string, directory: string }} options
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function compile({ home, jdk, directory }, { signal, report }) {
  report('compiling its launcher');
  const classes = join(directory, 'classes');
  await mkdir(classes);
  await runCommand(join(jdk, 'bin', 'javac'), ['--release', '21', '-cp', join(home, 'lib', '*'), '-d', classes, SOURCE], { signal });
  await runCommand(join(jdk, 'bin', 'jar'), ['--create', '--file', join(directory, JAR), '-C', classes, '.'], { signal });
  await removeTree(classes);
}

/**
 * Boots once with data of its own, and has the virtual machine archive at its end what it had loaded.
 *
 * @param {Launcher} launcher
 * @param {string} archive the file to write
 * @param {Record<string, string>} settings
 * @param {string} workFolder
 * @param {AbortSignal} [signal]
 */
async function train(launcher, archive, settings, workFolder, signal) {
  const [port, transportPort] = await freePorts(2);
  await mkdir(workFolder, { recursive: true });
  const node = new ManagedProcess({
    name: 'Elasticsearch, first boot',
    command: () =>
      bootCommand(
        launcher,
        { ...settings, 'http.port': String(port), 'transport.port': String(transportPort), 'path.data': join(workFolder, 'data'), 'path.logs': workFolder },
        [`-XX:ArchiveClassesAtExit=${archive}`, '-Xmx512m'],
      ),
    logFile: join(workFolder, 'boot.log'),
    isReady: () => elasticsearchAnswers(port),
    readyTimeoutMs: TRAINING_TIMEOUT_MS,
    stopGraceMs: TRAINING_TIMEOUT_MS,
  });
  try {
    await node.start({ signal });
    await node.stop();
    if (!existsSync(archive)) throw new StackError('ARCHIVE_MISSING', 'the virtual machine wrote no archive', { detail: node.logTail() });
  } finally {
    await node.kill();
    await removeTree(workFolder);
  }
}

/** @param {string[]} texts */
function digest(...texts) {
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 12);
}
