import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Progress } from '../../stack/lib/progress.mjs';
import { formatError } from '../../stack/lib/stack-error.mjs';
import { listenForInterruption } from '../../stack/start/interruption.mjs';
import { HELP, parseOptions } from './options.mjs';
import { Preparations } from './preparations.mjs';
import { counts, crashed, summaryLine } from './suite-result.mjs';
import { SUITES } from './suites.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const INTERRUPTED_EXIT_CODE = 130;

/**
 * `npm test`: brings up what the tests need, runs the suites one after another and sums them up.
 *
 * @param {readonly string[]} args of the command line
 * @returns {Promise<number>} the exit code
 */
export async function runTests(args) {
  const options = parseOptions(args);
  if ('help' in options) {
    process.stdout.write(HELP);
    return 0;
  }
  if ('problem' in options) {
    process.stderr.write(`${options.problem}\n\n${HELP}`);
    return 2;
  }
  const progress = new Progress(process.stdout);
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-test-'));
  const interruption = listenForInterruption({
    onFirst: () => progress.note('\nStopping. (Once more to leave at once.)'),
    onSecond: () => process.exit(INTERRUPTED_EXIT_CODE),
  });
  const results = await runSuites(options, { folder, progress, signal: interruption.signal });
  interruption.release();
  if (interruption.signal.aborted) {
    rmSync(folder, { recursive: true, force: true });
    progress.note('Interrupted.');
    return INTERRUPTED_EXIT_CODE;
  }
  return conclude(results, { folder, progress });
}

/**
 * @param {import('./options.mjs').TestOptions} options
 * @param {{ folder: string, progress: Progress, signal: AbortSignal }} context
 */
async function runSuites({ suites, jestArgs }, { folder, progress, signal }) {
  /** @type {import('./suite-result.mjs').SuiteResult[]} */
  const results = [];
  const preparations = new Preparations({ root: ROOT, folder, progress, signal });
  preparations.begin(suites.flatMap((name) => SUITES[name].needs));
  for (const name of suites) {
    const { needs, run } = SUITES[name];
    let startedAt = Date.now();
    const result = await preparations
      .wait(needs)
      .then((env) => {
        startedAt = Date.now();
        return run({ root: ROOT, folder, env, jestArgs, signal, report: (text) => progress.update(name, text) });
      })
      // A suite that cannot be run, since what it needs is missing, has failed.
      .catch((error) => crashed(`${name} could not be run`, formatError(error)));
    if (signal.aborted) break;
    results.push(result);
    progress.done(name, `${counts(result)} (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`, result.failed > 0 ? '✗' : '✓');
  }
  await preparations.end();
  return results;
}

/**
 * @param {readonly import('./suite-result.mjs').SuiteResult[]} results
 * @param {{ folder: string, progress: Progress }} context
 */
function conclude(results, { folder, progress }) {
  const failures = results.flatMap((result) => result.failures);
  for (const { title, detail } of failures) progress.note(`\n✗ ${title}\n${detail.replace(/^/gm, '    ')}`);
  if (failures.length > 0) progress.note(`\nLogs and reports are in ${folder}.`);
  else rmSync(folder, { recursive: true, force: true });
  progress.note(`\n${summaryLine(results)}`);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}
