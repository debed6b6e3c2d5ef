import type { ModeHabit, ModeRules } from '@dramatis/contracts/custom-rules';
import type { Violation } from '@dramatis/contracts/turn';
import { violation } from '@dramatis/contracts/verdict-texts';
import { endsWithQuestion } from '@dramatis/response-format/grammar';
import { asksSomething, wordCount } from '@dramatis/response-format/text-measures';
import { addressesReader, hasObjection, hasPosition, hasStepsOrExample, type CheckedReply } from './mode-checks.js';

const habits: Record<ModeHabit, { instruction: string; holds: (reply: CheckedReply) => boolean }> = {
  steps_or_example: {
    instruction: 'Give the steps in their order, or an example.',
    holds: hasStepsOrExample,
  },
  position: { instruction: 'Take a position of your own and say so.', holds: hasPosition },
  objection: {
    instruction: 'State the strongest objection to your position, and meet it.',
    holds: hasObjection,
  },
  to_reader: {
    instruction: 'Speak to the other person directly.',
    holds: addressesReader,
  },
};

/** The rules as a language model is told them, a sentence each. */
export function modeRuleInstructions(rules: ModeRules): string[] {
  const { question, minWords, maxWords, minParts, mentions, avoids } = rules;
  return [
    question === 'ends' && 'End with a question to the other person.',
    question === 'asks' && 'Ask the other person at least one question.',
    question === 'none' && 'Ask nothing: no question anywhere.',
    minWords && `Say at least ${minWords} words.`,
    maxWords && `Say at most ${maxWords} words.`,
    minParts && `Develop it in at least ${minParts} parts.`,
    ...(rules.habits ?? []).map((habit) => habits[habit].instruction),
    mentions && mentions.length > 0 && `Use at least one of these: ${mentions.join('; ')}.`,
    avoids && avoids.length > 0 && `Never say any of these: ${avoids.join('; ')}.`,
  ].filter((line): line is string => typeof line === 'string');
}

/** Which of the rules the reply breaks. */
export function customModeViolations(rules: ModeRules, reply: CheckedReply): Violation[] {
  const { question, minWords, maxWords, minParts, mentions, avoids } = rules;
  const words = wordCount(reply.text);
  const found: (Violation | false)[] = [
    question === 'ends' && !endsWithQuestion(reply.text) && violation('custom.ends_with_question', {}),
    question === 'asks' && !asksSomething(reply.text) && violation('custom.asks', {}),
    question === 'none' && asksSomething(reply.text) && violation('custom.asks_nothing', {}),
    minWords !== undefined && words < minWords && violation('custom.min_words', { count: words, least: minWords }),
    maxWords !== undefined && words > maxWords && violation('custom.max_words', { count: words, most: maxWords }),
    minParts !== undefined && reply.parts.length < minParts && violation('custom.min_parts', { least: minParts }),
    ...(rules.habits ?? []).map((habit) => !habits[habit].holds(reply) && violation(`custom.${habit}`, {})),
    mentions !== undefined && mentions.length > 0 && !mentions.some((phrase) => says(reply.text, phrase)) && violation('custom.mentions', { phrases: mentions.join('; ') }),
    ...(avoids ?? []).map((phrase) => says(reply.text, phrase) && violation('custom.avoids', { phrase })),
  ];
  return found.filter((violation) => violation !== false);
}

/** Whether the phrase stands in the text as words of its own. */
function says(text: string, phrase: string): boolean {
  const plain = (words: string): string => ` ${words.normalize('NFC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  const wanted = plain(phrase);
  // A phrase of marks alone, such as "!".
  return wanted.trim() === '' ? text.includes(phrase) : plain(text).includes(wanted);
}
