import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { Violation } from '@dramatis/contracts/turn';
import { withoutCitations } from '@dramatis/response-format/citations';
import { parseReply } from '@dramatis/response-format/parser';

/** A rule that can be checked on the text alone. Whether a reply is good is more than its rules. */
export interface ModeRule {
  /** Stable, for example `interviewer.asks`. */
  rule: string;
  /** What to change, said to a model. */
  message: string;
  holds(reply: CheckedReply): boolean;
}

/** A reply taken apart for the rules: without citation marks. */
export interface CheckedReply {
  format: ResponseFormat;
  text: string;
  /** Items, paragraphs, speeches or answers, in order. */
  parts: string[];
}

/** Whether the reply's words can be judged: the marker words of the rules are English. */
function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const common = words.filter((word) => /^(?:the|of|and|to|a|in|is|that|i|it|you|not|for|be|was|with|as|on)$/.test(word));
  return words.length > 0 && common.length / words.length > 0.15;
}

const holdsWhenEnglish = (pattern: RegExp) => (reply: CheckedReply) => !isEnglish(reply.text) || pattern.test(reply.text);

const order = /\b(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|next|then|after(?:wards)?|finally|lastly|at last|begin|step)\b/i;
const example =
  /\b(?:for example|for instance|example|instance|such as|suppose|imagine|consider|picture|take the case|let us say|e\.g\.|as when|think of)\b/i;
const position =
  /\b(?:I (?:\w+ )?(?:hold|maintain|argue|contend|think|believe|say|deny|claim|judge|insist|defend|reply|answer|reject|affirm|stand|take|confess|concede|concluded?)|in my (?:\w+ )?(?:view|opinion|judge?ment)|my (?:position|case|view|answer|claim|thesis|reply|opinion|argument|judge?ment|side|ground)|I do not (?:think|believe|accept)|(?:must|ought|should)(?: not)?)\b/i;
const objection =
  /\b(?:but|however|yet|although|though|nevertheless|nonetheless|whereas|granted|objections?|objectors?|objects?|objected|opponents?|critics?|admit|concede|doubt|some (?:say|argue|hold|think)|it (?:may|might|will|could) be (?:said|objected|argued)|on the other (?:hand|side)|other side|against (?:me|this|that|it)|mistaken|you (?:may|might|will) (?:say|object|reply|answer))\b/i;

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
      holds: ({ text }) => /[?？]/.test(text) || !isEnglish(text) || /\b(?:you|your|yours|I|me|my)\b/i.test(text),
    },
  ],
  educator: [
    {
      rule: 'educator.steps_or_example',
      message: 'You are teaching: give the steps in their order, or an example.',
      holds: (reply) => reply.format === 'bullet_points' || holdsWhenEnglish(new RegExp(`${order.source}|${example.source}`, 'i'))(reply),
    },
  ],
  lecturer: [
    {
      rule: 'lecturer.develops',
      message: 'You are lecturing: develop the matter in at least three parts, in a clear order.',
      holds: ({ parts, text }) => parts.length >= 3 || (text.match(new RegExp(order.source, 'gi')) ?? []).length >= 2,
    },
  ],
  debater: [
    { rule: 'debater.position', message: 'You are debating: take a position of your own and say so.', holds: holdsWhenEnglish(position) },
    {
      rule: 'debater.objection',
      message: 'You are debating: state the strongest objection to your position, and meet it.',
      holds: holdsWhenEnglish(objection),
    },
  ],
};

/** Which of the mode's rules the text breaks. Only what can be told reliably from the text is a rule. */
export function validateMode(mode: InteractionMode, format: ResponseFormat, text: string): Violation[] {
  const plain = withoutCitations(text);
  const reply: CheckedReply = { format, text: plain, parts: partsOf(format, plain) };
  return modeRules[mode].filter((rule) => !rule.holds(reply)).map(({ rule, message }) => ({ rule, message }));
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
