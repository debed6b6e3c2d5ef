import { isStopWord } from './stop-words.js';

/** A word of a text: as written, folded for comparison, and its stem. Offsets are UTF-16 units into the text. */
export interface Word {
  text: string;
  folded: string;
  stem: string;
  start: number;
  end: number;
}

const wordPattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Every word of `text`, in order, stop words included. */
export function tokenizeWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const folded = foldWord(match[0]);
    words.push({ text: match[0], folded, stem: stem(folded), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** Every word of `text`, folded, in order, stop words included. */
export function foldedWords(text: string): string[] {
  return Array.from(text.matchAll(wordPattern), ([word]) => foldWord(word));
}

/** Stems of the words of `text` that carry meaning, in order and with repetitions. */
export function keywords(text: string): string[] {
  return tokenizeWords(text)
    .filter((word) => isKeyword(word.folded))
    .map((word) => word.stem);
}

/** Stems of the words that carry meaning, each with how often it occurs. */
export function keywordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const keyword of keywords(text)) counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
  return counts;
}

/** Whether a folded word carries meaning: no stop word, and no single letter. */
export function isKeyword(folded: string): boolean {
  return (folded.length > 1 || /\p{N}|\p{Lo}/u.test(folded)) && !isStopWord(folded);
}

/** Lower case, without accents, one kind of apostrophe, and without a possessive ending. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  // Most words are nothing but letters of English.
  if (asciiLetters.test(lower)) return lower;
  return lower.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").replace(/'s$/, '');
}

const asciiLetters = /^[a-z]+$/;

const vowel = /[aeiouy]/;
/** What is left of noted and hoping, which have lost an e. */
const shortSyllable = /^[^aeiou]+[aeiouy][^aeiouwxy]$/;

/**
 * A light English stem of a folded word: plurals, `-ed`, `-ing` and `-ly` fall off, so that machine and machines,
 * compute and computing meet. Derivations (nation, national) stay apart, which keeps precision. Other words come back as they are.
 */
export function stem(folded: string): string {
  if (folded.length < 4 || !asciiLetters.test(folded)) return folded;
  return dropFinalE(dropVerbEnding(dropPlural(folded)));
}

function dropPlural(word: string): string {
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:ss|us|is)$/.test(word) || !word.endsWith('s')) return word;
  if (/(?:sses|xes|zes|ches|shes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function dropVerbEnding(word: string): string {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  for (const ending of ['ingly', 'edly', 'ing', 'ed', 'ly']) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    if (rest.length < 3 || !vowel.test(rest)) return word;
    if (ending === 'ly') return rest;
    if (/([bdfgmnprt])\1$/.test(rest)) return rest.slice(0, -1);
    return shortSyllable.test(rest) ? `${rest}e` : rest;
  }
  return word;
}

/** Compute, comput(ed) and comput(ing) meet without the e. */
function dropFinalE(word: string): string {
  return word.length > 4 && word.endsWith('e') && !word.endsWith('ee') ? word.slice(0, -1) : word;
}
