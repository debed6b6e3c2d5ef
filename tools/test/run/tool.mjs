import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../stack/lib/run-command.mjs';
import { StackError } from '../../stack/lib/stack-error.mjs';
import { productNode } from '../../stack/start/dependencies.mjs';
import { withoutColours } from './jest-report.mjs';

/**
 * What a suite is run with.
 *
 * @typedef {object} SuiteContext
 * @property {string} root the checkout
 * @property {string} folder for reports and logs
 * @property {Record<string, string>} env the servers' addresses, as far as there are any
 * @property {readonly string[]} jestArgs
 * @property {AbortSignal} signal
 * @property {(text: string) => void} report what is being done now
 */

/**
 * Runs an npm package's program on the product's Node, and keeps its output as `<folder>/<name>.log`.
 *
 * @param {string} name
 * @param {readonly string[]} args the program's file below node_modules, and its arguments; Node's own options come first
 * @param {SuiteContext & { timeoutMs: number, onLine?: (line: string) => void }} context
 * @returns {Promise<{ ok: boolean, output: string, problem: string }>} `problem` tells how it ended, when not well
 * @throws {StackError} INTERRUPTED
 */
export async function runTool(name, args, { root, folder, env, signal, timeoutMs, onLine }) {
  /** @type {string[]} */
  const lines = [];
  let problem = '';
  // What tests leave in the temporary folder goes with the run, or stays with its logs.
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  try {
    await runCommand(productNode(root), args, {
      cwd: root,
      env: {
        ...process.env,
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
        TMPDIR: temporary,
        ...env,
      },
      signal,
      timeoutMs,
      onLine: (line) => {
        lines.push(line);
        onLine?.(line);
      },
    });
  } catch (error) {
    if (!(error instanceof StackError) || error.code === 'INTERRUPTED') throw error;
    problem = [error.message, error.detail ?? ''].join('\n').trimEnd();
  }
  const output = withoutColours(lines.join('\n'));
  writeFileSync(join(folder, `${name}.log`), `${output}\n`);
  return { ok: problem === '', output, problem: withoutColours(problem) };
}
