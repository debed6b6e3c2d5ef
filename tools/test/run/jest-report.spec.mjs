import { readJestReport } from './jest-report.mjs';
import { summaryLine } from './suite-result.mjs';

const clean = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0, success: true, testResults: [] };
const all = { root: '/checkout', selected: false };

describe('readJestReport', () => {
  it('sums what passed, failed and was skipped', () => {
    const report = { ...clean, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, success: false };
    expect(readJestReport(report, all)).toMatchObject({ passed: 2, failed: 1, skipped: 3 });
  });

  it('names each failed test with its file, without colours', () => {
    const file = {
      name: '/checkout/libs/a.spec.ts',
      status: 'failed',
      message: '',
      assertionResults: [
        { status: 'failed', fullName: 'a adds', failureMessages: ['\u001b[31mexpected 2\u001b[39m'] },
        { status: 'passed', fullName: 'a is', failureMessages: [] },
      ],
    };
    const { failures } = readJestReport({ ...clean, numFailedTests: 1, success: false, testResults: [file] }, all);
    expect(failures).toEqual([{ title: 'libs/a.spec.ts › a adds', detail: 'expected 2' }]);
  });

  it('counts a file that could not be run as a failed test', () => {
    const file = { name: '/checkout/libs/b.spec.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] };
    const result = readJestReport({ ...clean, numRuntimeErrorTestSuites: 1, success: false, testResults: [file] }, all);
    expect(result).toMatchObject({ failed: 1, failures: [{ title: 'libs/b.spec.ts', detail: 'Cannot find module' }] });
  });

  it('never lets a run that failed, or that ran nothing, pass', () => {
    expect(readJestReport({ ...clean, success: false }, all).failed).toBe(1);
    expect(readJestReport({ ...clean, numPassedTests: 0 }, all).failed).toBe(1);
    expect(readJestReport({ ...clean, numPassedTests: 0, numPendingTests: 9 }, { ...all, selected: true }).failed).toBe(0);
  });
});

describe('summaryLine', () => {
  it('sums over the suites and mentions skipped tests only when there are some', () => {
    const suite = { passed: 3, failed: 0, skipped: 0, failures: [] };
    expect(summaryLine([suite, suite])).toBe('tests: 6 passed, 0 failed');
    expect(summaryLine([suite, { ...suite, failed: 1, skipped: 2 }])).toBe('tests: 6 passed, 1 failed, 2 skipped');
  });
});
