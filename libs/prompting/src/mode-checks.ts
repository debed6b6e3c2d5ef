import type { ResponseFormat } from '@dramatis/contracts/format';

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
const stepsOrExample = new RegExp(`${order.source}|${example.source}`, 'i');
const position =
  /\b(?:I (?:\w+ )?(?:hold|maintain|argue|contend|think|believe|say|deny|claim|judge|insist|defend|reply|answer|reject|affirm|stand|take|confess|concede|concluded?)|in my (?:\w+ )?(?:view|opinion|judge?ment)|my (?:position|case|view|answer|claim|thesis|reply|opinion|argument|judge?ment|side|ground)|I do not (?:think|believe|accept)|(?:must|ought|should)(?: not)?)\b/i;
const objection =
  /\b(?:but|however|yet|although|though|nevertheless|nonetheless|whereas|granted|objections?|objectors?|objects?|objected|opponents?|critics?|admit|concede|doubt|some (?:say|argue|hold|think)|it (?:may|might|will|could) be (?:said|objected|argued)|on the other (?:hand|side)|other side|against (?:me|this|that|it)|mistaken|you (?:may|might|will) (?:say|object|reply|answer))\b/i;

/** Whether it gives steps or an example; a list is steps. */
export function hasStepsOrExample(reply: CheckedReply): boolean {
  return reply.format === 'bullet_points' || holdsWhenEnglish(stepsOrExample)(reply);
}

/** Whether it takes a position of its own. */
export const hasPosition = holdsWhenEnglish(position);

/** Whether it states an objection. */
export const hasObjection = holdsWhenEnglish(objection);

/** Whether it asks, or speaks of the other person or of itself. */
export function addressesReader({ text }: CheckedReply): boolean {
  return /[?？]/.test(text) || !isEnglish(text) || /\b(?:you|your|yours|I|me|my)\b/i.test(text);
}

/** How often it marks the order of what it says. */
export function orderMarks(text: string): number {
  return (text.match(new RegExp(order.source, 'gi')) ?? []).length;
}
