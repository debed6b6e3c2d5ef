import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import typescript from 'typescript-eslint';

const specs = ['**/*.spec.ts', '**/*.fixture.ts', 'e2e/support/**/*.ts'];

/** Layers point down only; the tags are in each workspace's package.json. */
const layers = [
  { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: [] },
  // A library's specs run against the stand-ins; what ships is kept from them by the rule for sources below.
  { sourceTag: 'layer:lib', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:lib', 'layer:testing'] },
  { sourceTag: 'layer:activities', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:lib', 'layer:testing'] },
  { sourceTag: 'layer:workflows', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:activities', 'layer:testing'] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:lib', 'layer:activities', 'layer:workflows', 'layer:testing'] },
  { sourceTag: 'layer:web', onlyDependOnLibsWithTags: ['platform:universal'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:lib'] },
  { sourceTag: 'layer:tooling', onlyDependOnLibsWithTags: ['*'] },
  // What runs in the browser rests only on what does so too.
  { sourceTag: 'platform:universal', onlyDependOnLibsWithTags: ['platform:universal'] },
];

const nodeBuiltIns = { regex: '^node:', message: 'This code runs where Node does not: in the browser or in the workflow sandbox.' };

const standIns = { regex: '^@dramatis/testing/', message: 'Only specs use the stand-ins.' };

const environmentMessage = 'Only an env.ts reads the environment; pass what you need as an option.';
const readsEnvironment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: environmentMessage },
  { selector: "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']", message: environmentMessage },
  { selector: "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']", message: environmentMessage },
];

/** The sandbox replaces Date, Math.random and timers by deterministic ones; what it cannot replace is named here. */
const nondeterministic = ['crypto', 'performance', 'fetch', 'process', 'queueMicrotask', 'WebSocket', 'WeakRef', 'FinalizationRegistry'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/.nx/', '**/.angular/', '**/.dramatis/', '**/coverage/', 'apps/web/generated/', 'workflows/histories/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      // Neither sees all uses: the one misses those in a parameter's decorator, the other those by ??=.
      'no-useless-assignment': 'off',
      'no-unused-private-class-members': 'off',
    },
  },
  {
    plugins: { '@nx': nx },
    files: ['**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], checkNestedExternalImports: false, depConstraints: layers }],
    },
  },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A method of a port returns a promise whether or not this adapter of it has to wait.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['{apps,workflows,activities,libs}/*/src/**/*.ts', '{workflows,activities}/src/**/*.ts'],
    ignores: [...specs, '**/*-contract.ts', 'libs/testing/**', 'apps/web/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [standIns] }] },
  },
  {
    files: ['{apps,workflows,activities,libs}/**/*.ts'],
    // What a person starts from a shell, or a browser's console shows, speaks there; all else logs.
    ignores: ['apps/*/src/*.ts', '**/cli.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['{apps,workflows,activities,libs}/**/*.ts'],
    ignores: ['**/env.ts', 'apps/worker/src/seed.ts', 'apps/api/test/**', 'libs/testing/**', ...specs],
    rules: { 'no-restricted-syntax': ['error', ...readsEnvironment] },
  },
  {
    files: ['libs/{contracts,prompting,response-format,text}/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [nodeBuiltIns, standIns] }] },
  },
  {
    files: ['workflows/src/**/*.ts'],
    ignores: specs,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.{1,2}/|@temporalio/workflow$|@dramatis/contracts/|@dramatis/activities/)',
              message: 'A workflow imports @temporalio/workflow, contracts, and the types of activities. Nothing else is deterministic by design.',
            },
            { regex: '^@dramatis/activities/', allowTypeImports: true, message: 'A workflow knows activities by their types only: import type.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', ...nondeterministic.map((name) => ({ name, message: 'Not deterministic in a workflow: replaying it would give something else.' }))],
    },
  },
  {
    files: specs,
    rules: {
      // What a library's JSON or a matcher gives is of type any; the expectation is the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['apps/web/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'dr', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'dr', style: 'camelCase' }],
    },
  },
  {
    files: ['apps/web/src/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    // A style attribute of a template is refused by the policy that every page comes with; a bound style is not.
    rules: { '@angular-eslint/template/no-inline-styles': ['error', { allowNgStyle: true, allowBindToStyle: true }] },
  },
  {
    files: ['apps/web/public/**/*.js'],
    languageOptions: { sourceType: 'script', globals: globals.browser },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.nodeBuiltin },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
  },
  {
    files: ['**/*.spec.mjs', '**/*.fixture.mjs'],
    languageOptions: { globals: { ...globals.nodeBuiltin, ...globals.jest } },
  },
  {
    // Tests of the whole product and tools take from every part, some of it only once it is built.
    files: ['{e2e,tools}/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
);
