import type { TokenizerAndRendererExtension, Tokens } from 'marked';

export interface FormulaToken extends Tokens.Generic {
  type: 'formula' | 'formulaBlock';
  tex: string;
  display: boolean;
}

/** Longer ones are text: none that is meant to be read is, and looking for the end of each mark must not take long. */
const longest = 2_000;
const some = `[\\s\\S]{1,${longest}}?`;
/** A dollar sign is a mark only close to what it encloses, and not before a digit: prices are none. */
const forms: [RegExp, boolean][] = [
  [new RegExp(`^\\\\\\((${some})\\\\\\)`), false],
  [new RegExp(`^\\\\\\[(${some})\\\\\\]`), true],
  [new RegExp(`^\\$\\$(?!\\$)(${some})\\$\\$`), true],
  [new RegExp(`^\\$(?![\\s$])((?:\\\\.|[^$\\\\\\n]){1,${longest}}?)(?<!\\s)\\$(?!\\d)`), false],
];
const blocks = [new RegExp(`^ {0,3}\\$\\$(?!\\$)(${some})\\$\\$[ \\t]*(?:\\n+|$)`), new RegExp(`^ {0,3}\\\\\\[(${some})\\\\\\][ \\t]*(?:\\n+|$)`)];

/** Whether anything in the text could be a formula. */
export function mayHaveFormulas(markdown: string): boolean {
  return /\\[([]|\$[^\s]/.test(markdown);
}

/** Reads formulas in TeX, between `$ … $`, `$$ … $$`, `\( … \)` or `\[ … \]`. */
export function formulaMarks(render: (token: FormulaToken) => string): TokenizerAndRendererExtension[] {
  const renderer = (token: Tokens.Generic): string => render(token as FormulaToken);
  return [
    {
      name: 'formulaBlock',
      level: 'block',
      start: (source) => /(?:^|\n) {0,3}(?:\$\$|\\\[)/.exec(source)?.index,
      tokenizer: (source) => {
        const match = blocks.map((form) => form.exec(source)).find((found) => found !== null);
        return match ? { type: 'formulaBlock', raw: match[0], tex: match[1]!.trim(), display: true } : undefined;
      },
      renderer,
    },
    {
      name: 'formula',
      level: 'inline',
      start: (source) => /\$|\\[([]/.exec(source)?.index,
      tokenizer: (source) => {
        for (const [form, display] of forms) {
          const match = form.exec(source);
          if (match) return { type: 'formula', raw: match[0], tex: match[1]!.trim(), display };
        }
        return undefined;
      },
      renderer,
    },
  ];
}
