import { jest } from '@jest/globals';

// Each wait inside a test has its own patience and says what it waited for; this is only above all of them.
jest.setTimeout(300_000);
