import { runJestSuite } from './jest-suite.mjs';
import { runLint } from './lint-suite.mjs';
import { runTypecheck } from './typecheck-suite.mjs';

const MINUTE_MS = 60_000;
/** Temporal's native library leaves handles open that only the end of the process closes. */
const ONE_PROCESS = ['--runInBand', '--forceExit'];

/**
 * @typedef {object} Suite
 * @property {readonly import('./preparations.mjs').PreparationName[]} needs
 * @property {(context: import('./tool.mjs').SuiteContext) => Promise<import('./suite-result.mjs').SuiteResult>} run
 */

/** @type {Record<import('./options.mjs').SuiteName, Suite>} */
export const SUITES = {
  unit: { needs: ['packages'], run: jest('unit', ['--maxWorkers=2'], 10 * MINUTE_MS) },
  web: { needs: ['packages'], run: jest('web', ['--maxWorkers=2'], 10 * MINUTE_MS) },
  lint: { needs: ['packages'], run: runLint },
  typecheck: { needs: ['packages'], run: runTypecheck },
  stack: { needs: ['packages', 'servers', 's3'], run: jest('stack', ONE_PROCESS, 15 * MINUTE_MS) },
  e2e: { needs: ['packages', 'build', 'servers', 'chromium'], run: jest('e2e', ['--maxWorkers=2', '--forceExit'], 30 * MINUTE_MS) },
};

/**
 * @param {string} project
 * @param {readonly string[]} args
 * @param {number} timeoutMs
 * @returns {Suite['run']}
 */
function jest(project, args, timeoutMs) {
  return (context) => runJestSuite(project, { args, timeoutMs }, context);
}
