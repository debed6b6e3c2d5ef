import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { crashed } from './suite-result.mjs';
import { runTool } from './tool.mjs';

/**
 * Lints everything, as one test.
 *
 * @param {import('./tool.mjs').SuiteContext} context
 * @returns {Promise<import('./suite-result.mjs').SuiteResult>}
 */
export async function runLint(context) {
  const { root, folder } = context;
  const reportFile = join(folder, 'lint.json');
  rmSync(reportFile, { force: true });
  const eslint = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const { ok, problem } = await runTool('lint', [eslint, '.', '--format', 'json', '--output-file', reportFile], { ...context, timeoutMs: 15 * 60_000 });
  if (ok) return { passed: 1, failed: 0, skipped: 0, failures: [] };
  if (!existsSync(reportFile)) return crashed('lint', problem);
  const lines = readMessages(JSON.parse(readFileSync(reportFile, 'utf8')), root);
  return crashed('lint', lines.length > 0 ? lines.join('\n') : problem);
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
