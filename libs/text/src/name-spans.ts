import { isTitle, joinedByOf, neverAlone, particles, workHeads } from './entity-words.js';
import { foldWord } from './keywords.js';
import { tagsOf } from './lexicon.js';
import { type Sentence, splitSentences } from './sentences.js';
import { isStopWord } from './stop-words.js';

export interface Token {
  text: string;
  /** Lower case, no accents, no possessive ending. */
  folded: string;
  start: number;
  end: number;
  capital: boolean;
}

/** A run of tokens that is probably a name: `tokens[from]` to `tokens[to - 1]` of its sentence. */
export interface NameSpan {
  sentence: number;
  tokens: Token[];
  from: number;
  to: number;
  /** Offsets into the text; a possessive ending is left out. */
  start: number;
  end: number;
}

/** Longer texts are read up to here. */
export const maxNameCharacters = 500_000;
const maxTokenCharacters = 40;
const maxNameTokens = 9;
const tokenPattern = /(?:\p{Lu}\.)+(?=[\s\p{Lu},;)]|$)|[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const calendar = /^(?:Month|WeekDay|Date|Demonym|Pronoun|QuestionWord|Conjunction|Determiner)$/;
const nameTag = /^(?:MaleName|FemaleName|FirstName|LastName|Person|City|Country|Region|Place|Organization|Honorific|ProperNoun)$/;

export interface NamedSentence extends Sentence {
  tokens: Token[];
}

/**
 * The names of a text: runs of capitalised words, with what joins them. A word that opens a sentence is a name only if it
 * is one elsewhere too. Linear in the text's length.
 */
export function findNames(text: string): { sentences: NamedSentence[]; spans: NameSpan[] } {
  const sentences = splitSentences(text.slice(0, maxNameCharacters)).map((sentence) => ({ ...sentence, tokens: tokensOf(sentence) }));
  const evidence = gatherEvidence(sentences);
  const spans: NameSpan[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const { text: words, tokens } = sentence;
    const shouted = words.length > 8 && words === words.toUpperCase();
    if (shouted) continue;
    for (let at = 0; at < tokens.length; at += 1) {
      const to = runEnd(sentence, at);
      if (to === at) continue;
      const from = opening(sentence, at, to, evidence);
      if (from < to) spans.push(spanOf(index, tokens, from, to));
      at = to - 1;
    }
  }
  return { sentences, spans };
}

function tokensOf({ text, start }: Sentence): Token[] {
  return Array.from(text.matchAll(tokenPattern), (match) => {
    const word = match[0].slice(0, maxTokenCharacters);
    const isName = /^\p{Lu}/u.test(word) && !/^I(?:['’].*)?$/.test(word);
    return { text: match[0], folded: foldWord(word).replace(/\.$/, ''), start: start + match.index, end: start + match.index + match[0].length, capital: isName };
  });
}

interface Evidence {
  /** Folded words written with a capital where only a name is. */
  capital: Map<string, number>;
  lower: Map<string, number>;
}

function gatherEvidence(sentences: NamedSentence[]): Evidence {
  const evidence: Evidence = { capital: new Map(), lower: new Map() };
  for (const sentence of sentences) {
    const { tokens } = sentence;
    const heading = isHeading(sentence.text);
    for (const [at, token] of tokens.entries()) {
      if (token.capital && (heading || isOpening(sentence, at))) continue;
      const counts = token.capital ? evidence.capital : evidence.lower;
      counts.set(token.folded, (counts.get(token.folded) ?? 0) + 1);
    }
  }
  return evidence;
}

const isHeading = (sentence: string) => !/[.!?…:;,]["'”’)\]]*$/.test(sentence) && sentence.length < 100;

/** Whether the token opens its sentence, or speech within it. */
function isOpening({ text, start, tokens }: NamedSentence, at: number): boolean {
  if (at === 0) return true;
  const gap = text.slice(tokens[at - 1]!.end - start, tokens[at]!.start - start);
  return /[“"‘:]|[.!?]\s/.test(gap) && !(gap === '. ' && isTitle(tokens[at - 1]!.folded));
}

/** Where the run of names that begins at `at` ends; `at` itself when none does. */
function runEnd(sentence: NamedSentence, at: number): number {
  const { tokens } = sentence;
  if (!tokens[at]!.capital) return at;
  let end = at + 1;
  while (end < tokens.length && end - at < maxNameTokens) {
    const previous = tokens[end - 1]!;
    if (/['’]s$/.test(previous.text) && tokens[at]!.folded !== 'st') break;
    const next = nameAfter(sentence, at, end);
    if (next === null) break;
    end = next;
  }
  return end;
}

/** The end of the run when the name goes on at `end`: directly, or over a particle, "of" or "of the". */
function nameAfter({ text, start, tokens }: NamedSentence, from: number, end: number): number | null {
  const gap = (at: number) => text.slice(tokens[at - 1]!.end - start, tokens[at]!.start - start);
  const previous = tokens[end - 1]!;
  const first = gap(end);
  if (first !== ' ' && !(first === '. ' && (isTitle(previous.folded) || previous.folded === 'st')) && !(first === '' && previous.text.endsWith('.'))) return null;
  if (tokens[end]!.capital) return end + 1;
  if (!joins(tokens, from, end)) return null;
  let at = end + 1;
  if (at < tokens.length && /^(?:the|a|la|los|las)$/.test(tokens[at]!.text) && gap(at) === ' ') at += 1;
  return at < tokens.length && tokens[at]!.capital && gap(at) === ' ' ? at + 1 : null;
}

/** Whether the small word at `end` joins two parts of a name. */
function joins(tokens: Token[], from: number, end: number): boolean {
  const [previous, word, next] = [tokens[end - 1]!.folded, tokens[end]!.text, tokens[end + 1]];
  if (particles.has(word)) return true;
  // "King of Prussia", but not "William King of Brighton".
  if (word === 'of') return joinedByOf.has(previous) && (!isTitle(previous) || end - 1 === from);
  if (/^(?:on|from|to)$/.test(word)) return workHeads.has(previous);
  // "Historical and Moral View", "Origin and Progress", but not "Rousseau and Gregory".
  return word === 'and' && next !== undefined && next.capital && isCommonWord(previous) && isCommonWord(next.folded) && !workHeads.has(next.folded) && !isListed(previous) && !isListed(next.folded);
}

/** Of a kind that is named in lists: "September and October", "Lord and Lady Kingsborough". */
function isListed(folded: string): boolean {
  return isTitle(folded) || [...tagsOf(folded)].some((tag) => calendar.test(tag));
}

/** Whether the lexicon knows the word, and not as a name. */
export function isCommonWord(folded: string): boolean {
  const tags = tagsOf(folded);
  return tags.size > 0 && ![...tags].some((tag) => nameTag.test(tag));
}

/** Where the name in the run really begins; its end when there is none. */
function opening(sentence: NamedSentence, at: number, to: number, evidence: Evidence): number {
  const { tokens } = sentence;
  const heading = isHeading(sentence.text);
  let from = at;
  while (from < to && (heading || (from === at && isOpening(sentence, from))) && !isNameAtOpening(tokens, from, to, evidence)) from += 1;
  while (from < to && isNeverName(tokens[from]!, to - from)) from += 1;
  if (from < to && !tokens[from]!.capital) return to;
  return from;
}

function isNameAtOpening(tokens: Token[], from: number, to: number, { capital, lower }: Evidence): boolean {
  const { folded, text } = tokens[from]!;
  if (isStopWord(folded)) return false;
  const [named, common] = [capital.get(folded) ?? 0, lower.get(folded) ?? 0];
  if (named > 0) return named >= common;
  if (common > 0) return isTitle(folded) && to - from > 1;
  if (isTitle(folded) && to - from > 1) return true;
  const tags = tagsOf(folded);
  if (tags.size > 0) return [...tags].some((tag) => nameTag.test(tag));
  // Unknown in front of a name, it is a part of it; alone it may be any rare word.
  return to - from > 1 && !/(?:ing|ed|ly)$/.test(text);
}

function isNeverName({ folded, text }: Token, length: number): boolean {
  if (text.length === 1 && length === 1) return true;
  if (isStopWord(folded)) return folded !== 'may' || length === 1;
  if (length > 1) return false;
  return isTitle(folded) || neverAlone.has(folded) || /\p{Lu}.*\d|^\d/u.test(text) || [...tagsOf(folded)].some((tag) => calendar.test(tag));
}

function spanOf(sentence: number, tokens: Token[], from: number, to: number): NameSpan {
  const last = tokens[to - 1]!;
  const possessive = /['’]s?$/.exec(last.text)?.[0].length ?? 0;
  return { sentence, tokens, from, to, start: tokens[from]!.start, end: last.end - possessive };
}
