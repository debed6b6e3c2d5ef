import { tokenizeWords } from '@dramatis/text/keywords';
import { type AnalysedQuestion, isSubjectWord, type QuestionKind } from './question.js';

/** How closely a heading promises what is asked: not, by the kind of answer, or by what is asked in common words. */
export type HeadingPromise = 'none' | 'kind' | 'asked';

/** Part of a good sentence's score that the sentences beside it get for standing there. */
export const cohesions: Record<HeadingPromise, number> = { none: 0.65, kind: 1.1, asked: 1.5 };
/** Factor for the whole passage. */
export const promiseFactors: Record<HeadingPromise, number> = { none: 1, kind: 1.25, asked: 1.8 };

const promises: Partial<Record<QuestionKind, RegExp>> = {
  why: /\b(?:why|reasons?|causes?|occasion|motives?|purpose)\b/i,
  how: /\b(?:how|steps?|methods?|manner|practice)\b/i,
  list: /\b(?:steps?|outline|stages|in order)\b/i,
  define: /^$|\bwhat\b|\bis\b|\bmeans?\b/i,
};
const objections: [RegExp, RegExp] = [/\b(?:objections?|critics?|criticism|disagree|against|wrong|mistaken)\b/i, /\b(?:objections?|difficult\w*|critics?|criticism|repl(?:y|ies)|said against|charge|mistakes?|misconceptions?)\b/i];
/** What is asked in words too common to be terms, and how headings say it. */
const askedAndPromised: [RegExp, RegExp][] = [
  [/\b(?:see|saw|seen)\b/i, /\b(?:saw|seen|see|observed?)\b/i],
  objections,
  [/\b(?:kinds?|types?|sorts?)\b/i, /\b(?:kinds?|types?|sorts?)\b/i],
  [/\bparts?\b/i, /\bparts?\b/i],
  [/\bsteps?\b/i, /\b(?:steps?|how to)\b/i],
  [
    /\b(?:do you (?:\w+ )?(?:think|hold|believe|feel)|your (?:\w+ )?(?:view|opinion))\b/i,
    /\b(?:should|ought|must|I (?:think|hold|held|believe|judge|consider)|in my (?:view|opinion|judge?ment))\b/i,
  ],
  [/\bexamples?\b/i, /\b(?:examples?|instances?)\b/i],
  [/\b(?:begin|began|start|started|come to|came to|became|become)\b/i, /\b(?:began|begin|beginnings?|came|how i|arrived|origins?)\b/i],
  [/\b(?:conclude|conclusion|learn|learned|learnt)\b/i, /\b(?:conclu\w*|taught|learn\w*|what follows)\b/i],
  [/\b(?:do|does|did)\b.*\bdo\b/i, /\bwhat\b.*\b(?:do|does|did)\b/i],
];

export function promiseOf({ kind, text, terms }: AnalysedQuestion, heading: string): HeadingPromise {
  const stems = tokenizeWords(heading).filter((word) => isSubjectWord(word.folded)).map((word) => word.stem);
  const isAskedWhole = stems.length > 1 && stems.every((stem) => terms.some((term) => term.stem === stem));
  const isQuoted = isAskedWhole || (heading.split(' ').length > 2 && text.toLowerCase().includes(heading.toLowerCase()));
  if (isQuoted || askedAndPromised.some(([asked, promised]) => asked.test(text) && promised.test(heading))) return 'asked';
  return promises[kind]?.test(heading) ? 'kind' : 'none';
}

/** Factor for sections about what others hold, when nobody asked for that. */
export function sideFit({ text }: AnalysedQuestion, heading: string): number {
  const aboutOthers = /\b(?:objections?|critics|criticism|charges?|said against|misconceptions?|mistakes)\b/i;
  return aboutOthers.test(heading) && !objections[0].test(text) ? 0.8 : 1;
}

/** Whether a heading promises reasons. */
export function promisesReasons(heading: string): boolean {
  return promises.why!.test(heading);
}

/** Factor for sentences that use the verb of the question, however common: "what did you see", "I saw". */
export function verbFit({ text }: AnalysedQuestion, sentence: string): number {
  return askedAndPromised.some(([asked, promised]) => asked.test(text) && promised.test(sentence)) ? 1.3 : 1;
}
