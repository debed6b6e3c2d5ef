import presets from 'jest-preset-angular/presets/index.js';

/** Angular components and plain modules alike, in jsdom, zoneless, as native ES modules. */
const preset = presets.createEsmPreset({ tsconfig: `${import.meta.dirname}/tsconfig.spec.json` });

export default {
  ...preset,
  displayName: 'web',
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/src'],
  testEnvironment: 'jest-environment-jsdom',
  testEnvironmentOptions: { customExportConditions: ['source', 'browser', 'import', 'default'] },
  setupFilesAfterEnv: ['<rootDir>/src/testing/setup.ts', '<rootDir>/../../tools/test/jest-timeout.mjs'],
  moduleNameMapper: { ...preset.moduleNameMapper, '^(\\.{1,2}/.*)\\.js$': '$1' },
  transformIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '/\\.angular/', '/generated/'],
};
