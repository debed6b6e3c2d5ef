import { ESLint } from 'eslint';
import { text } from 'node:stream/consumers';

/**
 * Lints texts as if files that exist held them: reads `[{ filePath, code }]` as JSON from standard input and writes, for each,
 * the rules that it breaks. A process of its own, since ESLint's plug-ins do not load in Jest's sandbox.
 */
const eslint = new ESLint();
const texts = /** @type {{ filePath: string, code: string }[]} */ (JSON.parse(await text(process.stdin)));
const results = [];
for (const { filePath, code } of texts) {
  const [result] = await eslint.lintText(code, { filePath });
  results.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(results));
