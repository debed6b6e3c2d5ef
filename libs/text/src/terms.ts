import { neverAlone } from './entity-words.js';
import { isKeyword, tokenizeWords, type Word } from './keywords.js';
import { tagsOf } from './lexicon.js';

/** A word or a phrase of a document. `key` is its stems: the forms of one term have the same. */
export interface Term {
  key: string;
  /** Its most frequent form. */
  label: string;
  count: number;
}

/** The terms of a document, most frequent first; stored with it, so that the statistics of a corpus need no text. */
export type DocumentTerms = Term[];

/** How many documents there are, and in how many of them each term is. */
export interface TermStatistics {
  documents: number;
  frequencies: Record<string, number>;
}

export interface Keyword extends Term {
  /** TF-IDF, relative to the document's first keyword: 0-1. */
  score: number;
}

export const maxTerms = 200;
/** A phrase says more than a word, and a whole name more than a part of it. */
const phraseWeight = [1, 1.6, 1.8];
/** Longer documents are read up to here. */
const maxCharacters = 500_000;
const weakWords = new Set(
  ('year years day days time times man men woman women people person part parts way ways thing things word words work works life world end place case fact form kind number first second third last ' +
    'new old great good long little own small large early late own day week month hour morning evening side sort matter point example half want whole full true account name order hand eye mind house outline act instance reply chance stand step shows runs outset method condition lies different ordinary mr mrs ms miss dr lord lady sir captain professor').split(' '),
);
const noTerm = /^(?:PastTense|Gerund|Adverb|Comparative|Superlative|Cardinal|Ordinal|Month|WeekDay|Pronoun|Preposition|Modal|Conjunction|Copula|Auxiliary|Determiner|Infinitive|PresentTense|Participle|Value|Duration|Verb)$/;

/** Words and phrases of two or three words (`natural selection`, `origin of species`) that a text is about, the 200 most frequent. Linear. */
export function termsOf(text: string): DocumentTerms {
  const read = text.slice(0, maxCharacters);
  const words = tokenizeWords(read);
  const terms = new Map<string, { count: number; labels: Map<string, number> }>();
  const add = (run: Word[]) => {
    const key = run.map((word) => word.stem).join(' ');
    if (key.length > 80) return;
    const entry = terms.get(key) ?? { count: 0, labels: new Map<string, number>() };
    terms.set(key, entry);
    const label = run.map((word) => word.text.replace(/['’]s$/, '')).join(' ');
    entry.count += 1;
    entry.labels.set(label, (entry.labels.get(label) ?? 0) + 1);
  };
  const adjoins = (at: number) => words[at] !== undefined && read.slice(words[at - 1]!.end, words[at].start) === ' ' && !/['’]s$/.test(words[at - 1]!.text);
  for (const [at, word] of words.entries()) {
    if (isNoun(word)) add([word]);
    if (!isPartOfPhrase(word) || !adjoins(at + 1)) continue;
    const [next, third] = [words[at + 1]!, words[at + 2]];
    if (isPartOfPhrase(next) && isNoun(next, true)) add([word, next]);
    if (third === undefined || !adjoins(at + 2) || !isNoun(third, true)) continue;
    if (next.folded === 'of' ? isNoun(word, true) : isPartOfPhrase(next)) add([word, next, third]);
  }
  return [...terms]
    .filter(([key, { count }]) => !key.includes(' ') || count > 1)
    .map(([key, { count, labels }]) => ({ key, label: labelOf(labels), count }))
    .sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
    .slice(0, maxTerms);
}

/** Adds up what documents contain. To take one in or out later, add to or subtract from the counts of its terms. */
export function termStatistics(documents: Iterable<DocumentTerms>): TermStatistics {
  const frequencies = new Map<string, number>();
  let count = 0;
  for (const terms of documents) {
    count += 1;
    for (const { key } of terms) frequencies.set(key, (frequencies.get(key) ?? 0) + 1);
  }
  return { documents: count, frequencies: Object.fromEntries(frequencies) };
}

/** What sets a document apart from its corpus, best first: its frequent terms that few other documents have. A part of a better phrase is left out. */
export function keywordsOf(terms: DocumentTerms, statistics: TermStatistics, limit = 10): Keyword[] {
  const weighed = weighTerms(terms, statistics);
  const chosen: Keyword[] = [];
  for (const term of weighed) {
    if (chosen.length === limit) break;
    const words = term.key.split(' ');
    const isPart = chosen.some((other) => {
      const otherWords = other.key.split(' ');
      const [short, long] = words.length < otherWords.length ? [words, otherWords] : [otherWords, words];
      return short.every((word) => long.includes(word));
    });
    if (!isPart) chosen.push(term);
  }
  const most = chosen[0]?.score ?? 1;
  return chosen.map((term) => ({ ...term, score: Math.round((term.score / most) * 1_000) / 1_000 }));
}

/** Every term with its TF-IDF weight, heaviest first. */
export function weighTerms(terms: DocumentTerms, { documents, frequencies }: TermStatistics): Keyword[] {
  return terms
    .map((term) => {
      const frequency = Object.hasOwn(frequencies, term.key) ? frequencies[term.key]! : 0;
      const rarity = Math.log(1 + (documents + 1) / (frequency + 0.5));
      const phrase = phraseWeight[term.key.split(' ').length - 1]!;
      return { ...term, score: (1 + Math.log(term.count)) * rarity * phrase };
    })
    .sort((one, other) => other.score - one.score || (one.key < other.key ? -1 : 1));
}

/** Whether a term is a single common word, which says less than a phrase or a name. */
export function isCommonTerm(label: string): boolean {
  return /^\p{Ll}[^ ]*$/u.test(label);
}

function isPartOfPhrase({ folded, text }: Word): boolean {
  if (!isKeyword(folded) || /\d/.test(text) || folded.length < 3 || weakWords.has(folded)) return false;
  return !hasTag(folded, /^(?:PastTense|Adverb|Pronoun|Preposition|Modal|Month|Cardinal|Conjunction|Copula|Auxiliary|Infinitive|PresentTense|Gerund)$/) || hasTag(folded, /^(?:Adjective|Singular|Noun|Plural)$/);
}

function isNoun(word: Word, closesPhrase = false): boolean {
  const { folded, text } = word;
  if (!isKeyword(folded) || /\d/.test(text) || folded.length < 3 || folded.length > 40 || ((weakWords.has(folded) || neverAlone.has(folded)) && !closesPhrase)) return false;
  if (/(?:ly|ing|ed)$/.test(folded) && tagsOf(folded).size === 0 && !/^\p{Lu}/u.test(text)) return false;
  const tags = tagsOf(folded);
  if (tags.size === 0 && !closesPhrase && /(?:able|ible|ous|ful|ary|[^m]ent|less|ical|est)$/.test(text)) return false;
  if (hasTag(folded, /^(?:Singular|Plural|Noun|Uncountable|Actor|Organization|City|Country|Region|Person|MaleName|FemaleName)$/)) return true;
  return !tags.has('Adjective') && !hasTag(folded, noTerm);
}

function hasTag(folded: string, pattern: RegExp): boolean {
  return [...tagsOf(folded)].some((tag) => pattern.test(tag));
}

function labelOf(labels: Map<string, number>): string {
  return [...labels].reduce((best, entry) => (entry[1] > best[1] || (entry[1] === best[1] && /^\p{Ll}/u.test(entry[0]) && /^\p{Lu}/u.test(best[0])) ? entry : best))[0];
}
