/**
 * How one suite ended. A suite that crashed has at least one failure, which tells how.
 *
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly Failure[]} failures
 *
 * @typedef {object} Failure
 * @property {string} title
 * @property {string} detail
 */

/**
 * @param {string} title
 * @param {string} detail
 * @returns {SuiteResult}
 */
export function crashed(title, detail) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, detail }] };
}

/**
 * The run's last line, for people and for scripts.
 * @param {readonly SuiteResult[]} results
 */
export function summaryLine(results) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ what) => results.reduce((total, result) => total + result[what], 0);
  return `tests: ${counts({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`;
}

/**
 * Such as "12 passed, 0 failed, 3 skipped"; what was skipped is told only when something was.
 * @param {Pick<SuiteResult, 'passed' | 'failed' | 'skipped'>} result
 */
export function counts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
