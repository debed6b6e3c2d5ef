/** In the order in which they run: fast ones first, so that what is broken is known soon. */
export const SUITE_NAMES = /** @type {const} */ (['unit', 'web', 'lint', 'typecheck', 'stack', 'e2e']);

/** @typedef {typeof SUITE_NAMES[number]} SuiteName */

/**
 * @typedef {object} TestOptions
 * @property {readonly SuiteName[]} suites
 * @property {readonly string[]} jestArgs passed on to Jest as they are
 */

export const HELP = `Usage: npm test [-- options]

Runs all tests, on servers, ports and data of their own. Installs and builds what is missing.

  --only SUITE[,SUITE]   run these only: ${SUITE_NAMES.join(', ')}
  --help                 show this

What follows is passed on to Jest, for example: npm test -- --only unit -t "circuit breaker"
`;

/**
 * @param {readonly string[]} args of the command line
 * @returns {TestOptions | { help: true } | { problem: string }}
 */
export function parseOptions(args) {
  /** @type {SuiteName[]} */
  const only = [];
  const jestArgs = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--help' || arg === '-h') return { help: true };
    if (arg !== '--only' && !arg.startsWith('--only=')) {
      jestArgs.push(arg);
      continue;
    }
    const names = (arg === '--only' ? (args[(index += 1)] ?? '') : arg.slice('--only='.length)).split(',').filter(Boolean);
    const unknown = names.find((name) => !SUITE_NAMES.includes(/** @type {SuiteName} */ (name)));
    if (names.length === 0 || unknown !== undefined) {
      return { problem: `--only takes some of ${SUITE_NAMES.join(', ')}${unknown === undefined ? '' : `, not "${unknown}"`}.` };
    }
    only.push(.../** @type {SuiteName[]} */ (names));
  }
  const suites = SUITE_NAMES.filter((name) => (only.length === 0 ? jestArgs.length === 0 || isJestSuite(name) : only.includes(name)));
  return { suites, jestArgs };
}

/** @param {SuiteName} name */
export function isJestSuite(name) {
  return name !== 'lint' && name !== 'typecheck';
}
