import { join } from 'node:path';
import { crashed } from './suite-result.mjs';
import { runTool } from './tool.mjs';

/**
 * Checks the types of all projects, each as one test.
 *
 * @param {import('./tool.mjs').SuiteContext} context
 * @returns {Promise<import('./suite-result.mjs').SuiteResult>}
 */
export async function runTypecheck(context) {
  const { root, report } = context;
  const nx = join(root, 'node_modules', '.bin', 'nx');
  const { ok, output, problem } = await runTool('typecheck', [nx, 'run-many', '-t', 'typecheck', '--output-style=static'], {
    ...context,
    timeoutMs: 15 * 60_000,
    onLine: (line) => {
      const project = /^> nx run (\S+):typecheck/.exec(line)?.[1];
      if (project !== undefined) report(`checked ${project}`);
    },
  });
  return readTypecheck(output, ok ? '' : problem);
}

/**
 * @param {string} output of nx, in its static style, without colours
 * @param {string} problem empty when nx ended well
 * @returns {import('./suite-result.mjs').SuiteResult}
 */
export function readTypecheck(output, problem) {
  const blocks = output.split(/^> nx run /m).slice(1);
  const checked = new Map(blocks.map((block) => [/^(\S+):typecheck/.exec(block)?.[1] ?? '', block]));
  const [, failedTasks = ''] = /^Failed tasks:\s*\n((?:\s*(?:- .*)?\n)*)/m.exec(output) ?? [];
  const failed = [...failedTasks.matchAll(/^- (\S+):typecheck/gm)].map(([, project]) => project);
  if (problem !== '' && failed.length === 0) return crashed('typecheck', problem);
  if (checked.size === 0) return crashed('typecheck', 'No project was checked.');
  const failures = failed.map((project) => ({ title: `typecheck of ${project}`, detail: detailOf(checked.get(project) ?? '') }));
  return { passed: checked.size - failed.length, failed: failed.length, skipped: 0, failures };
}

/** @param {string} block */
function detailOf(block) {
  return (block.split(/^ ?NX {3}/m)[0] ?? '').split('\n').slice(1).join('\n').trim();
}
