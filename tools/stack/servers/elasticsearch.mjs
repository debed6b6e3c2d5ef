import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { cpSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeTree } from '../lib/artifact-cache.mjs';
import { findJdk } from '../lib/java.mjs';
import { acceptsConnections, elasticsearchAnswers } from '../lib/probes.mjs';
import { addressRoute, cacheRoute, installRoute, pathRoute } from '../lib/routes.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { StackError } from '../lib/stack-error.mjs';
import { downloadAndUnpack } from '../lib/tarball.mjs';
import { findMaven, MINIMUM_JAVA } from '../lib/tools.mjs';
import { bootCommand, prepareLauncher } from './elasticsearch-launcher.mjs';

const VERSION = '9.5.3';
const DEFAULT_HEAP = '1g';
const NETWORK_MODULE = 'transport-netty4';

/** A distribution with its own start script, or the server's jars alone, booted by SingleNode.java. */
const DISTRIBUTION = { engine: 'distribution' };
const JARS = { engine: 'jars' };

/** @type {import('./server.mjs').ServerDefinition} */
export const elasticsearch = {
  id: 'elasticsearch',
  name: 'Elasticsearch',
  addressVariable: 'ELASTICSEARCH_URL',

  ports: {
    elasticsearch: { port: 9200, use: 'Elasticsearch', variable: 'DRAMATIS_ELASTICSEARCH_PORT' },
    elasticsearchTransport: { port: 9300, use: "Elasticsearch's transport", variable: 'DRAMATIS_ELASTICSEARCH_TRANSPORT_PORT' },
  },

  routes() {
    const distributionEntry = `elasticsearch-${VERSION}-${process.platform}-${process.arch}`;
    const jarsEntry = `elasticsearch-jars-${VERSION}`;
    return [
      addressRoute('ELASTICSEARCH_URL', isReachable),
      pathRoute('elasticsearch', { ...DISTRIBUTION, accept: async () => refuseRoot() }),
      ...(isRoot() ? [] : [cacheRoute(distributionEntry, DISTRIBUTION)]),
      cacheRoute(jarsEntry, JARS),
      ...(isRoot() ? [] : [installRoute('official download', distributionEntry, downloadDistribution, DISTRIBUTION)]),
      installRoute('Maven Central', jarsEntry, copyJars, JARS),
    ];
  },

  environment({ address, ports }) {
    return { ELASTICSEARCH_URL: address ?? `http://127.0.0.1:${ports.elasticsearch}` };
  },

  async process({ installation, dataDir, ports, context }) {
    const settings = {
      'discovery.type': 'single-node',
      'node.name': 'dramatis',
      'cluster.name': 'dramatis',
      'network.host': '127.0.0.1',
      'http.port': String(ports.elasticsearch),
      'transport.port': String(ports.elasticsearchTransport),
      'path.data': join(dataDir, 'data'),
      'path.logs': join(dataDir, 'logs'),
      // A disk that is nearly full must not turn a developer's indices read-only.
      'cluster.routing.allocation.disk.threshold_enabled': 'false',
    };
    const heap = process.env.DRAMATIS_ES_HEAP || DEFAULT_HEAP;
    const jvmOptions = [`-Xms${heap}`, `-Xmx${heap}`];
    return {
      command: installation.engine === 'jars' ? await jarsCommand(installation, dataDir, settings, jvmOptions, context) : distributionCommand(installation, dataDir, settings, jvmOptions),
      isReady: () => elasticsearchAnswers(ports.elasticsearch),
      readyTimeoutMs: 90_000,
      stopGraceMs: 20_000,
    };
  },
};

/**
 * @param {import('../lib/routes.mjs').Installation} installation
 * @param {string} dataDir
 * @param {Record<string, string>} settings
 * @param {readonly string[]} jvmOptions
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function jarsCommand({ directory }, dataDir, settings, jvmOptions, context) {
  const home = /** @type {string} */ (directory);
  const launcher = await prepareLauncher({ home, jdk: findJdk(MINIMUM_JAVA), settings, workFolder: join(dataDir, 'first-boot') }, context);
  return () => ({ ...bootCommand(launcher, settings, jvmOptions), cwd: dataDir });
}

/**
 * @param {import('../lib/routes.mjs').Installation} installation
 * @param {string} dataDir
 * @param {Record<string, string>} settings
 * @param {readonly string[]} jvmOptions
 */
function distributionCommand({ binary, directory }, dataDir, settings, jvmOptions) {
  const script = binary === undefined ? join(/** @type {string} */ (directory), 'bin', 'elasticsearch') : realpathSync(binary);
  const config = join(dataDir, 'config');
  return () => {
    rmSync(config, { recursive: true, force: true });
    mkdirSync(config, { recursive: true });
    for (const file of ['jvm.options', 'log4j2.properties']) cpSync(join(dirname(dirname(script)), 'config', file), join(config, file));
    const lines = Object.entries({ ...settings, 'xpack.security.enabled': 'false', 'xpack.ml.enabled': 'false' });
    writeFileSync(join(config, 'elasticsearch.yml'), lines.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join(''));
    return { file: script, args: [], env: { ES_PATH_CONF: config, ES_JAVA_OPTS: jvmOptions.join(' ') }, cwd: dataDir };
  };
}

/** @param {string} url */
function isReachable(url) {
  const { hostname, port, protocol } = new URL(url);
  return acceptsConnections(hostname, Number(port || (protocol === 'https:' ? 443 : 80)));
}

function isRoot() {
  return process.getuid?.() === 0;
}

function refuseRoot() {
  if (isRoot()) throw new StackError('ROOT_REFUSED', 'The Elasticsearch distribution refuses to run as root.');
}

/**
 * @param {string} directory
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function downloadDistribution(directory, context) {
  const cpu = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const url = `https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-${VERSION}-${process.platform}-${cpu}.tar.gz`;
  await downloadAndUnpack({ url, algorithm: 'sha512', checksumUrl: `${url}.sha512`, strip: 1 }, directory, context);
}

/**
 * Gathers the published jars of the server and of its network module. They hold the whole server; what the distribution adds
 * are plugins, scripts and a Java of its own.
 *
 * @param {string} home
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function copyJars(home, context) {
  const maven = findMaven();
  const jdk = findJdk(MINIMUM_JAVA);
  const work = join(home, '.maven');
  const lib = join(home, 'lib');
  const module = join(home, 'modules', NETWORK_MODULE);
  for (const folder of [work, lib, module, join(home, 'config')]) await mkdir(folder, { recursive: true });
  const copy = (/** @type {string} */ group, /** @type {string} */ artifact, /** @type {string} */ target) =>
    copyDependencies({ maven, jdk, work, group, artifact, target }, context);
  try {
    await copy('org.elasticsearch', 'elasticsearch', lib);
    await copy('org.elasticsearch.plugin', NETWORK_MODULE, module);
  } finally {
    await removeTree(work);
  }
  const shared = new Set(await readdir(lib));
  for (const jar of await readdir(module)) if (shared.has(jar)) await rm(join(module, jar));
  await unpackDescriptor(module, join(jdk, 'bin', 'jar'), context);
}

/**
 * @param {{ maven: string, jdk: string, work: string, group: string, artifact: string, target: string }} options
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function copyDependencies({ maven, jdk, work, group, artifact, target }, { signal, report }) {
  const pom = join(work, `${artifact}.xml`);
  await writeFile(pom, projectWithDependency(group, artifact));
  let downloaded = 0;
  await runCommand(
    maven,
    ['-B', '-ntp', '-f', pom, `-Dmaven.repo.local=${join(work, 'repository')}`, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${target}`],
    {
      env: { ...process.env, JAVA_HOME: jdk },
      signal,
      onLine: (line) => {
        if (/ Copying /.test(line)) report(`Maven Central, ${artifact}: ${(downloaded += 1)} jars`);
      },
    },
  );
}

/**
 * @param {string} group
 * @param {string} artifact
 */
function projectWithDependency(group, artifact) {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dramatis</groupId>
  <artifactId>${artifact}-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>${group}</groupId>
      <artifactId>${artifact}</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
}

/**
 * A module needs its descriptor beside its jars; it is inside one of them.
 *
 * @param {string} module
 * @param {string} jarTool
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function unpackDescriptor(module, jarTool, { signal }) {
  const inside = `META-INF/es-plugins/${NETWORK_MODULE}`;
  await runCommand(jarTool, ['xf', join(module, `${NETWORK_MODULE}-${VERSION}.jar`), inside], { cwd: module, signal });
  const descriptor = 'plugin-descriptor.properties';
  const text = await readFile(join(module, inside, descriptor), 'utf8');
  // Without a module name the plugin is loaded from the class path, as the server itself is here.
  await writeFile(join(module, descriptor), text.replace(/^modulename=.*\n/m, ''));
  await writeFile(join(module, 'entitlement-policy.yaml'), await readFile(join(module, inside, 'entitlement-policy.yaml')));
  await removeTree(join(module, 'META-INF'));
}
