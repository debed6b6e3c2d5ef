import type { ResponseFormat } from '@dramatis/contracts/format';
import type { CustomModeContent, ModeChoice } from '@dramatis/contracts/custom-mode';
import type { FormatChoice } from '@dramatis/contracts/custom-format';
import { grammarOf } from '@dramatis/contracts/format-choice';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { Violation } from '@dramatis/contracts/turn';
import { type VerdictKey, verdictTexts, violation } from '@dramatis/contracts/verdict-texts';
import { withoutCitations } from '@dramatis/response-format/citations';
import { parseReply } from '@dramatis/response-format/parser';
import { customModeViolations } from './custom-mode-rules.js';
import { addressesReader, hasObjection, hasPosition, hasStepsOrExample, orderMarks, type CheckedReply } from './mode-checks.js';

/** A rule that can be checked on the text alone. Whether a reply is good is more than its rules. */
export interface ModeRule {
  /** Stable, for example `interviewer.asks`. */
  rule: Extract<VerdictKey, `${InteractionMode}.${string}`>;
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
      message: verdictTexts['interviewer.asks'],
      holds: ({ format, text, parts }) => /[?？]/.test(format === 'qa' ? text : parts.slice(-2).join(' ')),
    },
  ],
  audience: [
    {
      rule: 'audience.brief',
      message: verdictTexts['audience.brief'],
      holds: ({ format, text }) => (text.match(/\S+/g) ?? []).length <= audienceWords[format],
    },
    {
      rule: 'audience.responds',
      message: verdictTexts['audience.responds'],
      holds: addressesReader,
    },
  ],
  educator: [
    {
      rule: 'educator.steps_or_example',
      message: verdictTexts['educator.steps_or_example'],
      holds: hasStepsOrExample,
    },
  ],
  lecturer: [
    {
      rule: 'lecturer.develops',
      message: verdictTexts['lecturer.develops'],
      holds: ({ parts, text }) => parts.length >= 3 || orderMarks(text) >= 2,
    },
  ],
  debater: [
    { rule: 'debater.position', message: verdictTexts['debater.position'], holds: hasPosition },
    {
      rule: 'debater.objection',
      message: verdictTexts['debater.objection'],
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
  return modeRules[mode].filter((rule) => !rule.holds(reply)).map(({ rule }) => violation(rule, {}));
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
