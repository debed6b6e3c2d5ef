import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..', '..');
const layer = '@nx/enforce-module-boundaries';
const purity = '@typescript-eslint/no-restricted-imports';
const use = 'export const used = thing;\n';

/**
 * Code that must not be, where it must not be, and the rule that says so; null where it may be.
 * @type {[what: string, file: string, code: string, rule: string | null][]}
 */
const cases = [
  ['a workflow that imports a Node built-in', 'workflows/src/index.ts', `import { readFileSync as thing } from 'node:fs';\n${use}`, purity],
  ['a workflow that imports a library', 'workflows/src/index.ts', `import { estimateTokens as thing } from '@dramatis/text/tokens';\n${use}`, layer],
  ['a workflow that imports the client', 'workflows/src/index.ts', `import { Client as thing } from '@temporalio/client';\n${use}`, purity],
  ['a workflow that imports an activity', 'workflows/src/index.ts', `import { toActivityFailure as thing } from '@dramatis/activities/failure-mapping';\n${use}`, purity],
  [
    'a workflow that imports the types of activities',
    'workflows/src/index.ts',
    `import type { TurnActivities } from '@dramatis/activities/turn/turn-activities';\nexport type Used = TurnActivities;\n`,
    null,
  ],
  ['a workflow that asks for a random UUID', 'workflows/src/index.ts', 'export const thing = crypto.randomUUID();\n', 'no-restricted-globals'],
  ['contracts that import a library', 'libs/contracts/src/ids.ts', `import { estimateTokens as thing } from '@dramatis/text/tokens';\n${use}`, layer],
  ['a library that imports activities', 'libs/text/src/tokens.ts', `import { toActivityFailure as thing } from '@dramatis/activities/failure-mapping';\n${use}`, layer],
  ['a library that imports contracts', 'libs/turn-events/src/redis.ts', `import { isFinal as thing } from '@dramatis/contracts/turn-event';\n${use}`, null],
  ['an activity that imports a workflow', 'activities/src/failure-mapping.ts', `import { conversationTurn as thing } from '@dramatis/workflows/index';\n${use}`, layer],
  ['the web application that imports the database', 'apps/web/src/main.ts', `import { connectDatabase as thing } from '@dramatis/database/connection';\n${use}`, layer],
  ['a pure library that imports a Node built-in', 'libs/response-format/src/parser.ts', `import { readFileSync as thing } from 'node:fs';\n${use}`, 'no-restricted-imports'],
  ['a library that reads the environment', 'libs/telemetry/src/logger.ts', "export const level = process.env['LOG_LEVEL'];\n", 'no-restricted-syntax'],
  ['an env.ts that reads the environment', 'apps/worker/src/env.ts', "export const level = process.env['LOG_LEVEL'];\n", null],
  ['a promise that nobody waits for', 'libs/telemetry/src/logger.ts', 'export function run(): void {\n  Promise.resolve();\n}\n', '@typescript-eslint/no-floating-promises'],
];

describe('lint', () => {
  const texts = cases.map(([, file, code]) => ({ filePath: join(root, file), code }));
  /** @type {string[][]} */
  let broken;
  beforeAll(() => {
    const output = execFileSync(process.execPath, [join(import.meta.dirname, 'lint-texts.mjs')], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false' },
      input: JSON.stringify(texts),
      encoding: 'utf8',
    });
    broken = JSON.parse(output.slice(output.indexOf('[[')));
  }, 300_000);

  it.each(cases.map(([what, , , rule], index) => ({ what, rule, index })))('$what: $rule', ({ rule, index }) => {
    if (rule === null) expect(broken[index]).toEqual([]);
    else expect(broken[index]).toContain(rule);
  });
});
