import { nodeProject } from '../tools/test/jest-shared.mjs';

/** The built product as processes of its own, on real servers. Run by `npm test -- --only e2e`, which starts the servers and builds. */
export default {
  ...nodeProject,
  displayName: 'e2e',
  rootDir: import.meta.dirname,
  testMatch: ['**/*.e2e.spec.ts'],
  globalSetup: '<rootDir>/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/setup/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/../tools/test/jest-timeout.mjs', '<rootDir>/setup/second-chance.mjs'],
};
