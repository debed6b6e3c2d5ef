import { existsSync } from 'node:fs';

/** Options shared by every project: native ES modules, transformed by swc, libraries resolved to their sources. */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.m?ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '/\\.nx/', '/\\.angular/', '/\\.dramatis/'],
};

const roots = ['activities', 'workflows', 'libs', 'apps/api', 'apps/worker', 'tools'].map((root) => `<rootDir>/${root}`);

export default {
  projects: [
    { ...shared, displayName: 'unit', roots, testMatch: ['**/*.spec.ts', '**/*.spec.mjs'], testPathIgnorePatterns: ['\\.stack\\.spec\\.ts$', '/node_modules/'] },
    {
      ...shared,
      displayName: 'stack',
      roots,
      testMatch: ['**/*.stack.spec.ts'],
      setupFiles: ['<rootDir>/tools/test/require-stack.mjs'],
    },
    ...(existsSync(new URL('apps/web/jest.config.mjs', import.meta.url)) ? ['<rootDir>/apps/web/jest.config.mjs'] : []),
    ...(existsSync(new URL('e2e/jest.config.mjs', import.meta.url)) ? ['<rootDir>/e2e/jest.config.mjs'] : []),
  ],
};
