import { z } from 'zod';
import { rulesOfBase } from './format-rule-names.js';
import type { ResponseFormat } from './format.js';
import { fieldSentence, fieldTexts } from './field-texts.js';

const words = z.number().int().min(1).max(5_000);
const count = z.number().int().min(1).max(50);
// On one line: it becomes a part of the prompt, where lines begin sections.
const phrase = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\u2028\u2029]*$/u, fieldTexts.one_line);

/** What modes may ask of a reply's words that can be told from the text; the marks of these are English. */
export const modeHabit = z.enum(['steps_or_example', 'position', 'objection', 'to_reader']);
export type ModeHabit = z.infer<typeof modeHabit>;

/** What a reply in the mode must keep to, as far as it can be checked on the text alone. */
export const modeRules = z
  .strictObject({
    question: z.enum(['ends', 'asks', 'none']).optional().describe('Ends with a question, asks somewhere, or asks nothing.'),
    minWords: words.optional(),
    maxWords: words.optional(),
    minParts: z.number().int().min(2).max(20).optional().describe('Least number of paragraphs, items, speeches or answers.'),
    habits: z.array(modeHabit).max(4).optional().describe('Judged in English replies only.'),
    mentions: z.array(phrase).max(10).optional().describe('One of these must occur, whatever its case.'),
    avoids: z.array(phrase).max(20).optional().describe('None of these may occur, whatever their case.'),
  })
  .superRefine(inOrder('minWords', 'maxWords'));
export type ModeRules = z.infer<typeof modeRules>;

/** What a reply in the format must keep to besides its grammar. Which of them a grammar knows is in `rulesOfBase`. */
export const formatRules = z
  .strictObject({
    minItems: count.optional().describe('Items of a list, pairs of question and answer, speeches of a dialogue.'),
    maxItems: count.optional(),
    maxItemWords: words.optional(),
    minParagraphs: count.optional(),
    maxParagraphs: count.optional(),
    title: z.boolean().optional().describe('Begins with a title.'),
    headings: z.array(phrase).max(12).optional().describe('Sections that must be there, in this order.'),
    question: z.enum(['ends', 'none']).optional().describe('Ends with a question, or asks nothing.'),
    minWords: words.optional(),
    maxWords: words.optional(),
  })
  .superRefine(inOrder('minWords', 'maxWords'))
  .superRefine(inOrder('minItems', 'maxItems'))
  .superRefine(inOrder('minParagraphs', 'maxParagraphs'));
export type FormatRules = z.infer<typeof formatRules>;

/** Tells which rules the grammar does not know. */
export function foreignRules(base: ResponseFormat, rules: FormatRules): string[] {
  return Object.entries(rules).flatMap(([name, value]) => (value === undefined || (rulesOfBase[base] as readonly string[]).includes(name) ? [] : [name]));
}

function inOrder<Name extends string>(least: Name, most: Name) {
  return (rules: Partial<Record<Name, unknown>>, context: z.RefinementCtx): void => {
    const [from, to] = [rules[least], rules[most]];
    if (typeof from !== 'number' || typeof to !== 'number' || from <= to) return;
    const { message, wording } = fieldSentence('out_of_order', { least });
    context.addIssue({ code: 'custom', path: [most], message, params: { wording } });
  };
}
