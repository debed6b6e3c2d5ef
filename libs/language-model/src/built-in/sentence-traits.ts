/** What a sentence's wording says about its part in an argument. English. */

const dependentOpening = new RegExp(
  `^(?:${[
    'we|our|he|she|it|they|him|her|his|hers|its|their|theirs|them|this|these|those|such|both|neither|either',
    'and|but|yet|so|or|nor|then|thus|hence|therefore|however|moreover|furthermore|besides|also|too|next|afterwards|meanwhile|instead|otherwise|similarly|likewise|consequently|accordingly|indeed|again|soon afterwards|soon after(?=,)|later|nevertheless|nonetheless|still',
    'second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|last(?:ly)?|finally|at last',
    'the (?:second|third|other|others|latter|former|same|rest|result|reason|answer|reply)',
    'a (?:second|third|further)|another|others|one of them|some of them|many of them|most of them|all of them|none of them|for (?:that|this|these|those|the same)|as a result|in (?:that|this|such|these|those)|at that|to (?:this|that)|from (?:this|that|these)|on (?:this|that)|by (?:that|this)|of these|of them|that (?:is|was|same)|here',
  ].join('|')})\\b`,
  'i',
);
const expletive = /^it (?:is|was|seems|seemed|appears|may be|must be|would be) (?:\w+ ){0,3}(?:that|to|who|which)\b/i;
/** "… of that remark", "… these two": something named in the sentence before. */
const pointsBack = /\b(?:(?:of|in|to|at|by|from|upon|on|under|over|through|against|about|with|for|after|before) that (?!which\b|time\b|I\b|we\b|he\b|she\b|it\b|they\b)\p{Ll}+|(?:these|those) (?!who\b|which\b|that\b|of\b)\p{Ll}+|the (?:former|latter)|such (?:an? )?(?!as\b|that\b)\p{Ll}+(?! (?:as|that)\b))\b/iu;
const correlative = /^(?:both|neither|either)\b.*\b(?:and|nor|or)\b/i;
const suchAs = /^such as\b/i;
const reply = /^(?:I (?:\w+ )?(?:reply|answer|answered|replied|respond|grant|confess that this)|my (?:reply|answer)\b)/i;
const raisedObjection =
  /\b(?:objections? (?:says|say|is|was|runs)|(?:critics?|opponents?|objectors?|some|others|many|people|you|readers?|one) (?:\w+ ){0,3}(?:object|objects|objected|say|says|argue|argues|think|believe|suppose|reply|claim|complain|blame|accuse|charge)\b|(?:a|one|another|third) critic\b|rumour (?:accused|says|said)|it (?:is|was|may be|has been) (?:\w+ )?(?:objected|said|argued)|\b(?:has|have) (?:proposed|suggested|claimed|maintained) )/i;
const reservation =
  /\b(?:admit(?:ted)?|confess(?:ed)?|grant(?:ed)?|concede[ds]?|doubt(?:ed)?|not (?:the )?only|mistaken?|however|nevertheless|disagree|I (?:do|did) not (?:know|claim|say|think|believe)|(?:I )?cannot (?:tell|say|answer)|I could not|I never (?:said|claimed|denied)|(?:some|many) (?:writers|scholars|historians|people|critics)|historians)\b/i;
const instance = /(?:\b(?:for example|for instance|an example|such as|imagine|as when|an instance)\b|(?:^|[;:,] )suppose\b)/i;
const reason = /\b(?:because|since|so that|in order (?:to|that)|therefore|reasons?|for fear|led me|owing to|on account of|purpose|object was|wished|so as to|lest|for that reason|, for )\b/i;
const announcement =
  /^(?:I|we) (?:\w+ )?(?:explain|describe|relate|state|set|tell|correct|give|show|report|record|recount)\b[^.]*\bhere\b|\bhere I\b|\bhere we\b|\bis set out here\b|\bare set out here\b|^in what follows\b|^(?:several|some|a few|the (?:following|commonest)) \w+ (?:deserve|follow|are these)\b/i;
const personal = /\b(?:I|me|my|mine|myself|we|us|our)\b/;

/** Whether the sentence needs the one before it to be understood. */
export function needsPrevious(sentence: string): boolean {
  if (reply.test(sentence)) return true;
  if (correlative.test(sentence) || suchAs.test(sentence) || expletive.test(sentence)) return false;
  if (dependentOpening.test(sentence)) return !/^(?:another|a (?:second|third|further)) (?:objection|critic|opponent)\b/i.test(sentence);
  if (/^(?:\S+ ){1,3}(?:therefore|thus|likewise|nevertheless)\b/i.test(sentence)) return true;
  return pointsBack.test(sentence.split(/\s+/).slice(0, 14).join(' ')) || hasUnboundPerson(sentence);
}

/** Whether it states what others hold: without the answer that follows, the persona would seem to hold it. */
export function raisesObjection(sentence: string): boolean {
  return raisedObjection.test(sentence) && !personal.test(sentence.split(/\s+/).slice(0, 2).join(' '));
}

/** Whether the speaker gives something up: an admission, a doubt, a limit. */
export function reserves(sentence: string): boolean {
  return reservation.test(sentence);
}

export function givesExample(sentence: string): boolean {
  return instance.test(sentence);
}

export function givesReason(sentence: string): boolean {
  return reason.test(sentence);
}

/** Whether it only announces what the document does: of no use outside it. */
export function announces(sentence: string): boolean {
  return announcement.test(sentence);
}

/** Place in an enumeration: "First, …" is 'first', "Next, …" and "Third, …" are 'later'. */
export function enumeration(sentence: string): 'first' | 'later' | null {
  if (/^(?:first(?:ly)?|to begin with|in the first place),/i.test(sentence)) return 'first';
  if (/^(?:second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|seventh(?:ly)?|next|then|last(?:ly)?|finally|in the (?:second|third|last) place|at last)\b,?/i.test(sentence)) return 'later';
  return null;
}

/** A pronoun for a person before anybody was named whom it could mean. */
function hasUnboundPerson(sentence: string): boolean {
  const match = /\b(?:he|she|him|his|her|hers)\b/i.exec(sentence);
  if (!match) return false;
  const before = sentence.slice(0, match.index);
  if (/(?!^)(?<!\p{L})(?!I\b)\p{Lu}\p{L}+/u.test(before) || /^(?!I\b)\p{Lu}\p{L}+(?:'s|’s)?\s/u.test(before)) return false;
  return !/\b(?:my|our|an?|the|every|each|no|any|some|one|this|whoever|who)\b/i.test(before);
}

