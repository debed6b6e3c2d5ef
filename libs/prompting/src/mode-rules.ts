import type { ResponseFormat } from '@dramatis/contracts/format';
import type { CustomModeContent, ModeChoice } from '@dramatis/contracts/custom-mode';
import type { FormatChoice } from '@dramatis/contracts/custom-format';
import { grammarOf } from '@dramatis/contracts/format-choice';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { Violation } from '@dramatis/contracts/turn';
import { withoutCitations } from '@dramatis/response-format/citations';
import { parseReply } from '@dramatis/response-format/parser';
import { customModeViolations } from './custom-mode-rules.js';
import { addressesReader, hasObjection, hasPosition, hasStepsOrExample, orderMarks, type CheckedReply } from './mode-checks.js';

/** A rule that can be checked on the text alone. Whether a reply is good is more than its rules. */
export interface ModeRule {
  /** Stable, for example `interviewer.asks`. */
  rule: string;
  /** What to change, said to a model. */
  message: string;
  holds(reply: CheckedReply): boolean;
}

/** Most words of a listener's reaction, by format. */
const audienceWords: Record<ResponseFormat, number> = {
  free: 140,
  bullet_points: 160,
  qa: 220,
  socratic_dialogue: 240,
  essay: 300,
};

export const modeRules: Record<InteractionMode, ModeRule[]> = {
  interviewer: [
    {
      rule: 'interviewer.asks',
      message: 'You are interviewing: end the reply with a question to the other person.',
      holds: ({ format, text, parts }) => /[?？]/.test(format === 'qa' ? text : parts.slice(-2).join(' ')),
    },
  ],
  audience: [
    {
      rule: 'audience.brief',
      message: 'You are listening: react in a few sentences instead of giving a speech.',
      holds: ({ format, text }) => (text.match(/\S+/g) ?? []).length <= audienceWords[format],
    },
    {
      rule: 'audience.responds',
      message: 'You are listening: respond to what the other person said, or ask about it.',
      holds: addressesReader,
    },
  ],
  educator: [
    {
      rule: 'educator.steps_or_example',
      message: 'You are teaching: give the steps in their order, or an example.',
      holds: hasStepsOrExample,
    },
  ],
  lecturer: [
    {
      rule: 'lecturer.develops',
      message: 'You are lecturing: develop the matter in at least three parts, in a clear order.',
      holds: ({ parts, text }) => parts.length >= 3 || orderMarks(text) >= 2,
    },
  ],
  debater: [
    { rule: 'debater.position', message: 'You are debating: take a position of your own and say so.', holds: hasPosition },
    {
      rule: 'debater.objection',
      message: 'You are debating: state the strongest objection to your position, and meet it.',
      holds: hasObjection,
    },
  ],
};

/** Which of the mode's rules the text breaks. Only what can be told reliably from the text is a rule. */
export function validateMode(mode: ModeChoice, format: FormatChoice, text: string): Violation[] {
  const plain = withoutCitations(text);
  const grammar = grammarOf(format);
  const reply: CheckedReply = { format: grammar, text: plain, parts: partsOf(grammar, plain) };
  return typeof mode === 'string' ? brokenOf(mode, reply) : customViolations(mode, reply);
}

function brokenOf(mode: InteractionMode, reply: CheckedReply): Violation[] {
  return modeRules[mode].filter((rule) => !rule.holds(reply)).map(({ rule, message }) => ({ rule, message }));
}

function customViolations({ base, rules }: CustomModeContent, reply: CheckedReply): Violation[] {
  return [...(base === null ? [] : brokenOf(base, reply)), ...customModeViolations(rules, reply)];
}

function partsOf(format: ResponseFormat, text: string): string[] {
  const document = parseReply(format, text, '', { finished: true });
  switch (document.format) {
    case 'bullet_points':
      return [document.lead, ...document.items, document.closing].filter((part) => part !== null);
    case 'essay':
      return document.sections.flatMap((section) => section.paragraphs);
    case 'socratic_dialogue':
      return document.lines.map((line) => line.text);
    case 'qa':
      return [...document.pairs.map((pair) => `${pair.question} ${pair.answer}`), document.closing ?? ''].filter(Boolean);
    case 'free':
      return document.markdown.split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+[.)])\s)/).filter((part) => part.trim() !== '');
  }
}
