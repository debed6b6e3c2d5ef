import { relative } from 'node:path';
import { crashed } from './suite-result.mjs';

/**
 * What Jest writes with --json, as far as it is read here.
 *
 * @typedef {object} JestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that failed before or beside their tests
 * @property {boolean} success
 * @property {JestFile[]} testResults
 *
 * @typedef {object} JestFile
 * @property {string} name
 * @property {string} status
 * @property {string} message
 * @property {{ status: string, fullName: string, failureMessages: string[] }[]} assertionResults
 */

/**
 * Counts a report's tests. A file that could not be run counts as one failed test, and so does a run that failed without
 * saying where; a run without any test fails too, unless tests were selected by name or file.
 *
 * @param {JestReport} report
 * @param {{ root: string, selected: boolean }} options
 * @returns {import('./suite-result.mjs').SuiteResult}
 */
export function readJestReport(report, { root, selected }) {
  const skipped = report.numPendingTests + report.numTodoTests;
  const failures = report.testResults.filter(({ status }) => status === 'failed').flatMap((file) => failuresOf(file, root));
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (!report.success && failed === 0) return withCrash('Jest failed although no test did', 'Its whole output is in the log.');
  if (!selected && report.numPassedTests + failed === 0) return withCrash('No test ran', 'A suite without tests proves nothing.');
  return { passed: report.numPassedTests, failed, skipped, failures };

  /** @param {string} title @param {string} detail */
  function withCrash(title, detail) {
    return { ...crashed(title, detail), passed: report.numPassedTests, skipped };
  }
}

/** @param {JestFile} file @param {string} root */
function failuresOf(file, root) {
  const path = relative(root, file.name);
  const tests = file.assertionResults.filter(({ status }) => status === 'failed');
  if (tests.length === 0) return [{ title: path, detail: withoutColours(file.message) }];
  return tests.map(({ fullName, failureMessages }) => ({ title: `${path} › ${fullName}`, detail: withoutColours(failureMessages.join('\n')) }));
}

/** @param {string} text */
export function withoutColours(text) {
  // eslint-disable-next-line no-control-regex -- what begins a colour is a control character
  return text.replace(/\u001b\[[0-9;]*m/g, '').trimEnd();
}
