import { jest } from '@jest/globals';

// Whole processes on a machine that others use too: one more try, said in the log, tells a fault from a hiccup.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
