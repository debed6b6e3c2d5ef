import { type Word, tokenizeWords } from '@dramatis/text/keywords';
import { type ReadPassage, readPassage } from './passage-reader.js';

export type PassageReader = (text: string, headingPath: readonly string[]) => ReadPassage;

const maxPassages = 2_000;
const maxWords = 50_000;
const wordPattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/**
 * Reads each passage once, since the same few of a persona come again and again, and stems each word once: that is most
 * of the work. Forgets the oldest passages first.
 */
export function createPassageReader(): PassageReader {
  const passages = new Map<string, ReadPassage>();
  const words = new Map<string, Word>();
  const tokenize = (text: string): Word[] =>
    [...text.matchAll(wordPattern)].map((match) => {
      const [written] = match;
      let word = words.get(written);
      if (!word) {
        word = tokenizeWords(written)[0]!;
        if (words.size >= maxWords) words.clear();
        words.set(written, word);
      }
      return { ...word, start: match.index, end: match.index + written.length };
    });
  return (text, headingPath) => {
    const key = `${headingPath.join('\u0000')}\u0001${text}`;
    let passage = passages.get(key);
    if (!passage) {
      passage = readPassage(text, headingPath, tokenize);
      if (passages.size >= maxPassages) passages.delete(passages.keys().next().value!);
      passages.set(key, passage);
    }
    return passage;
  };
}
