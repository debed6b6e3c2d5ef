import { nodeProject } from './tools/test/jest-shared.mjs';

const roots = ['activities', 'workflows', 'libs', 'apps/api', 'apps/worker', 'tools', 'bench'].map((root) => `<rootDir>/${root}`);

export default {
  projects: [
    {
      ...nodeProject,
      rootDir: import.meta.dirname,
      displayName: 'unit',
      roots,
      testMatch: ['**/*.spec.ts', '**/*.spec.mjs'],
      testPathIgnorePatterns: ['\\.stack\\.spec\\.ts$', '/node_modules/'],
      setupFilesAfterEnv: ['<rootDir>/tools/test/jest-timeout.mjs'],
    },
    {
      ...nodeProject,
      rootDir: import.meta.dirname,
      displayName: 'stack',
      roots,
      testMatch: ['**/*.stack.spec.ts'],
      setupFiles: ['<rootDir>/tools/test/require-stack.mjs'],
      setupFilesAfterEnv: ['<rootDir>/tools/test/jest-timeout.mjs'],
    },
    '<rootDir>/apps/web/jest.config.mjs',
    '<rootDir>/e2e/jest.config.mjs',
  ],
};
