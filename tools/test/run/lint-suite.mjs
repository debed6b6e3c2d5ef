import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { crashed } from './suite-result.mjs';
import { runTool } from './tool.mjs';

const parts = ['apps/api', 'apps/web', 'apps/worker', 'activities', 'workflows', 'e2e', 'tools', 'bench'];
const atOnce = 2;

/**
 * Lints everything, as one test. Part by part, each in a process of its own: rules that know types keep the types of all
 * they have seen in memory, and those of the whole repository do not fit.
 *
 * @param {import('./tool.mjs').SuiteContext} context
 * @returns {Promise<import('./suite-result.mjs').SuiteResult>}
 */
export async function runLint(context) {
  const libs = readdirSync(join(context.root, 'libs')).map((name) => `libs/${name}`);
  const waiting = [...parts, ...libs];
  /** @type {string[]} */
  const problems = [];
  const work = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) problems.push(...(await lintPart(part, context)));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return problems.length === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : crashed('lint', problems.join('\n'));
}

/**
 * @param {string} part
 * @param {import('./tool.mjs').SuiteContext} context
 * @returns {Promise<string[]>} what is wrong, a line each
 */
async function lintPart(part, context) {
  const { root, folder } = context;
  const reportFile = join(folder, `lint-${part.replaceAll('/', '-')}.json`);
  rmSync(reportFile, { force: true });
  const eslint = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const { ok, problem } = await runTool('lint', [eslint, part, '--format', 'json', '--output-file', reportFile], { ...context, timeoutMs: 10 * 60_000 });
  if (ok) return [];
  const lines = existsSync(reportFile) ? readMessages(JSON.parse(readFileSync(reportFile, 'utf8')), root) : [];
  return lines.length > 0 ? lines : [`${part}: ${problem}`];
}

/**
 * @param {{ filePath: string, messages: { severity: number, line?: number, column?: number, message: string, ruleId: string | null }[] }[]} files
 * @param {string} root
 */
function readMessages(files, root) {
  const error = 2;
  return files.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ severity }) => severity === error)
      .map(({ line = 1, column = 1, message, ruleId }) => `${relative(root, filePath)}:${line}:${column} ${message} (${ruleId ?? 'parser'})`),
  );
}
