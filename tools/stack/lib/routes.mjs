import { findBinary } from './find-binary.mjs';
import { isFatal, StackError } from './stack-error.mjs';

/**
 * @typedef {import('./artifact-cache.mjs').ArtifactCache} ArtifactCache
 *
 * @typedef {object} RouteContext
 * @property {ArtifactCache} cache
 * @property {AbortSignal} [signal]
 * @property {(text: string) => void} report what is being done now, for the progress line
 * @property {(text: string) => void} warn what a person should know, and stays on the screen
 *
 * @typedef {object} Installation what a route found
 * @property {string} route its label
 * @property {string} [address] a server that runs already
 * @property {string} [binary] a program on the PATH
 * @property {string} [directory] a cache entry
 * @property {string} [engine] which of several servers that do the same this is
 *
 * @typedef {object} Route
 * @property {string} label
 * @property {(context: RouteContext) => Promise<Installation | undefined>} attempt undefined where the route does not apply
 */

/**
 * Takes the first route that leads to the thing.
 *
 * @param {string} name of the thing, for messages
 * @param {readonly Route[]} routes
 * @param {RouteContext} context
 * @returns {Promise<Installation>}
 * @throws {StackError} INTERRUPTED; NO_ROUTE, which tells why each route failed and what to do about it; errors that no other route could
 *   cure, such as a full disk, at once
 */
export async function takeFirstRoute(name, routes, context) {
  /** @type {{ label: string, error: unknown }[]} */
  const failures = [];
  for (const { label, attempt } of routes) {
    if (context.signal?.aborted) throw new StackError('INTERRUPTED', `Getting ${name} was interrupted.`);
    try {
      const found = await attempt(context);
      if (found !== undefined) return found;
    } catch (error) {
      if (isFatal(error)) throw error;
      failures.push({ label, error });
    }
  }
  throw noRoute(name, failures);
}

/**
 * @param {string} name
 * @param {readonly { label: string, error: unknown }[]} failures
 */
function noRoute(name, failures) {
  const detail = failures
    .map(({ label, error }) => [`${label}: ${/** @type {Error} */ (error).message}`, error instanceof StackError ? (error.detail ?? '') : ''].join('\n').trimEnd())
    .join('\n');
  const remedies = failures.flatMap(({ error }) => (error instanceof StackError && error.remedy ? [error.remedy] : []));
  return new StackError('NO_ROUTE', `${name} could be got in none of the ways tried:`, {
    detail,
    remedy: remedies.length > 0 ? [...new Set(remedies)].join(' Or: ') : 'Check the network, and try again.',
    cause: failures.at(-1)?.error,
  });
}

/**
 * A server that the environment points to. It must answer: falling back to another would hide a mistake.
 *
 * @param {string} variable
 * @param {(address: string) => Promise<boolean>} isReachable
 * @returns {Route}
 */
export function addressRoute(variable, isReachable) {
  return {
    label: variable,
    attempt: async () => {
      const address = process.env[variable];
      if (address === undefined || address === '') return undefined;
      if (!(await isReachable(address).catch(() => false))) {
        throw new StackError('ADDRESS_UNREACHABLE', `${variable} names ${withoutPassword(address)}, but nothing answers there.`, {
          remedy: `Start that server, correct ${variable}, or unset it to have one started for you.`,
        });
      }
      return { route: `${variable} in the environment`, address };
    },
  };
}

/**
 * A program on the PATH.
 *
 * @param {string} command
 * @param {{ engine?: string, accept?: (binary: string) => Promise<void> }} [options] `accept` rejects with the reason why the
 *   program cannot be used
 * @returns {Route}
 */
export function pathRoute(command, { engine, accept } = {}) {
  return {
    label: `${command} on the PATH`,
    attempt: async () => {
      const binary = findBinary([command]);
      if (binary === undefined) return undefined;
      await accept?.(binary);
      return { route: binary, binary, engine };
    },
  };
}

/**
 * An entry that an earlier start left in the cache. A damaged one is told of and left to the routes that make it anew.
 *
 * @param {string} entry
 * @param {{ engine?: string }} [options]
 * @returns {Route}
 */
export function cacheRoute(entry, { engine } = {}) {
  return {
    label: 'cache',
    attempt: async ({ cache, warn, report }) => {
      report('checking the cached copy');
      const verdict = await cache.verify(entry);
      if (verdict.state === 'corrupt') warn(`the cached copy ${cache.pathOf(entry)} is damaged: ${verdict.problem}. It is made anew.`);
      return verdict.state === 'valid' ? { route: 'cache', directory: verdict.directory, engine } : undefined;
    },
  };
}

/**
 * A way to make the cache's entry.
 *
 * @param {string} label
 * @param {string} entry
 * @param {(directory: string, context: RouteContext) => Promise<void>} build fills the folder
 * @param {{ engine?: string }} [options]
 * @returns {Route}
 */
export function installRoute(label, entry, build, { engine } = {}) {
  return {
    label,
    attempt: async (context) => {
      const { cache, signal, report } = context;
      report(label);
      const directory = await cache.install(entry, (folder) => build(folder, context), {
        signal,
        onWait: (pid) => report(`waiting for process ${pid}, which installs it`),
      });
      return { route: label, directory, engine };
    },
  };
}

/** @param {string} address */
function withoutPassword(address) {
  return address.replace(/\/\/[^@/]*@/, '//');
}
