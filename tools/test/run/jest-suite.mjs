import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJestReport } from './jest-report.mjs';
import { crashed } from './suite-result.mjs';
import { runTool } from './tool.mjs';

/**
 * Runs one of the projects in jest.config.mjs.
 *
 * @param {string} project
 * @param {{ args: readonly string[], timeoutMs: number }} options
 * @param {import('./tool.mjs').SuiteContext} context
 * @returns {Promise<import('./suite-result.mjs').SuiteResult>}
 */
export async function runJestSuite(project, { args, timeoutMs }, context) {
  const { root, folder, jestArgs, report } = context;
  const reportFile = join(folder, `${project}.json`);
  rmSync(reportFile, { force: true });
  let files = 0;
  const { problem } = await runTool(
    project,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['--selectProjects', project, '--ci', '--json', '--outputFile', reportFile],
      ...args,
      ...jestArgs,
    ],
    {
      ...context,
      timeoutMs,
      onLine: (line) => {
        const verdict = /^(PASS|FAIL)\s+(.*)/.exec(line);
        if (verdict) report(`${(files += 1)} files, last ${verdict[1] === 'FAIL' ? 'FAILED ' : ''}${verdict[2]}`);
      },
    },
  );
  if (!existsSync(reportFile)) return crashed(`Jest, project ${project}`, problem || 'It ended without a report.');
  return readJestReport(JSON.parse(readFileSync(reportFile, 'utf8')), { root, selected: jestArgs.length > 0 });
}
