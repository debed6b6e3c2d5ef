import { closingAbbreviations, leadingAbbreviations, numberAbbreviations, sentenceOpeners } from './abbreviations.js';

/** `text` is `source.slice(start, end)`, without white space around it. Offsets are UTF-16 units. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** Text without any punctuation is cut at a word at most this many characters after its start. */
export const maxSentenceCharacters = 1_200;

/**
 * The sentences of `text`, in order; together they hold every character but white space.
 *
 * Rules, not statistics: full stops of abbreviations, initials, decimals and numbering do not end a sentence, closing
 * quotes and brackets belong to the sentence they close, and a blank line, or a line break that is not the wrapping of a
 * paragraph, always ends one. Works for European and CJK punctuation. Time is linear in the length of `text`.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  for (const block of blocksOf(text)) {
    for (const { start, end } of splitBlock(text.slice(block.start, block.end))) {
      const [from, to] = [block.start + start, block.start + end];
      sentences.push({ text: text.slice(from, to), start: from, end: to });
    }
  }
  return sentences;
}

interface Span {
  start: number;
  end: number;
}

/** A wrapped paragraph's lines are longer than this; a shorter line is a heading, a verse or an item. */
const shortestWrappedLine = 45;
const listMarker = /^[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]/;

function* blocksOf(text: string): Generator<Span> {
  let start = 0;
  let lineStart = 0;
  while (lineStart < text.length) {
    const lineBreak = text.indexOf('\n', lineStart);
    if (lineBreak < 0) break;
    if (endsBlock(text, lineStart, lineBreak)) {
      yield { start, end: lineBreak };
      start = lineBreak + 1;
    }
    lineStart = lineBreak + 1;
  }
  if (start < text.length) yield { start, end: text.length };
}

function endsBlock(text: string, lineStart: number, lineBreak: number): boolean {
  const next = text.slice(lineBreak + 1, lineBreak + 9);
  if (/^[ \t\r]*(?:\n|$)/.test(next)) return true;
  if (listMarker.test(next)) return true;
  if (/^[ \t]*\p{Ll}/u.test(next)) return false;
  return lineBreak - lineStart < shortestWrappedLine;
}

const terminators = /[.!?…。！？]+/g;
const closers = /["'”’»)\]}›』」*_]*/y;
const openers = /[\s"'“‘«([{‹『「*_]*/y;

function splitBlock(block: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of block.matchAll(terminators)) {
    const end = skip(closers, block, match.index + match[0].length);
    if (end >= block.length) break;
    const ideographic = '。！？'.includes(match[0].at(-1)!);
    if (!ideographic && !(isSpace(block.charCodeAt(end)) && endsSentence(block, start, match.index, match[0], end))) continue;
    addSpan(block, start, end, spans);
    start = end;
  }
  addSpan(block, start, block.length, spans);
  return spans;
}

function endsSentence(text: string, start: number, stop: number, mark: string, end: number): boolean {
  const nextAt = skip(openers, text, end);
  const next = String.fromCodePoint(text.codePointAt(nextAt) ?? 0x20);
  const nextIsLower = /\p{Ll}/u.test(next);
  // Spoken text goes on with its speaker: “Really?” she asked.
  if (mark !== '.') return !nextIsLower || (end === stop + mark.length && !/[.…]/.test(mark));
  if (nextIsLower) return false;

  const word = wordBefore(text, start, stop);
  // A single capital is an initial; a single small letter may abbreviate: p. 5, c. 1815.
  const bare = word.length === 1 ? word : word.toLowerCase();
  if (word === '' || leadingAbbreviations.has(bare)) return word === '' || (bare === 'al' && opensSentence(text, nextAt));
  if (numberAbbreviations.has(bare)) return !/\d/.test(next);
  const isInitial = /^(?:\p{Lu}|(?:\p{L}\.)+\p{L})$/u.test(word) && word !== 'I';
  if (isInitial || closingAbbreviations.has(bare)) return opensSentence(text, nextAt);
  // "1. The first point": numbering at the beginning belongs to what it numbers.
  return !(/^(?:\d{1,3}|[ivxIVX]{1,5})$/.test(word) && text.slice(start, stop).trim() === word);
}

/** The word that the full stop at `stop` follows, with the full stops inside it: `e.g`, `Ph.D`, `U.S`. At most 24 characters. */
function wordBefore(text: string, start: number, stop: number): string {
  const window = text.slice(Math.max(start, stop - 24), stop);
  return /[\p{L}\p{N}.]*$/u.exec(window)![0];
}

function opensSentence(text: string, at: number): boolean {
  const word = /^\p{Lu}\p{L}*(?![\p{L}.])/u.exec(text.slice(at, at + 24))?.[0];
  return word !== undefined && sentenceOpeners.has(word.toLowerCase());
}

function addSpan(text: string, from: number, to: number, spans: Span[]): void {
  let start = skipSpaces(text, from, to);
  let end = to;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  while (end - start > maxSentenceCharacters) {
    const cut = cutBefore(text, start, start + maxSentenceCharacters);
    addSpan(text, start, cut, spans);
    start = skipSpaces(text, cut, end);
  }
  if (end > start) spans.push({ start, end });
}

/** The best place to cut at or before `limit`: after a clause, else between words, else between characters. */
function cutBefore(text: string, start: number, limit: number): number {
  const half = start + maxSentenceCharacters / 2;
  for (const pattern of [/[;:,，；、]/, /\s/]) {
    for (let at = limit - 1; at > half; at -= 1) if (pattern.test(text.charAt(at))) return at + 1;
  }
  const splitsPair = (text.charCodeAt(limit) & 0xfc00) === 0xdc00;
  return splitsPair ? limit - 1 : limit;
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.exec(text);
  return Math.max(pattern.lastIndex, from);
}

function skipSpaces(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x3000 || code === 0x2028 || code === 0x2029;
}
