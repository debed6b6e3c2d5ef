/** What a search asks for, folded: words that stand anywhere, and phrases, which were given in quotation marks. */
export interface SearchTerms {
  words: string[];
  /** The words of each, as they follow one another. */
  phrases: string[][];
}

const word = /[\p{L}\p{N}]+/gu;
/** As they are typed and printed in English, German and French, in whichever order they open and close. */
const quoted = /["„“”«»]([^"„“”«»]*)["„“”«»]/gu;
/** Scripts that put no spaces between words: a phrase may begin and end anywhere in them. */
const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const noWord = String.raw`[^\p{L}\p{N}]`;
/** More narrow a search by no means; each is one more look. */
const maxWords = 6;
const maxPhrases = 6;

/** Letters with a stroke or without a dot, which Unicode does not take apart. */
const plainLetters: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ı: 'i' };
const struck = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

/** Changes when {@link folded} does: what was kept folded otherwise is to be made anew. */
export const foldingVersion = 2;

/** Without case and accents, so that "Émile" is found by "emile", and "Łódź" by "lodz". */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(struck, (letter) => plainLetters[letter]!);
}

/** The same, with one unit for each code point of the text: places in the one are places in the other. */
export function foldedInPlace(characters: readonly string[]): string {
  return characters.map((character) => (character.length === 1 ? (folded(character)[0] ?? ' ') : ' ')).join('');
}

/** The words of a text, folded, as they follow one another. */
export function wordsIn(text: string): string[] {
  return folded(text).match(word) ?? [];
}

/** The first six distinct words, and the first six phrases. A quotation mark that nothing closes is none. */
export function searchTerms(search: string): SearchTerms {
  const phrases = [...search.matchAll(quoted)].map(([, inside = '']) => wordsIn(inside)).filter((words) => words.length > 0);
  const words = [...new Set(wordsIn(search.replace(quoted, ' ')))];
  return { words: words.slice(0, maxWords), phrases: phrases.slice(0, maxPhrases) };
}

/** Source of a regular expression with the flag `u` that finds the phrase in folded text: whole words, with whatever is no word between them. */
export function phrasePattern(phrase: readonly string[]): string {
  const [first = '', last = ''] = [phrase[0], phrase.at(-1)];
  const before = withoutSpaces.test(first) ? '' : String.raw`(?<![\p{L}\p{N}])`;
  const after = withoutSpaces.test(last) ? '' : String.raw`(?![\p{L}\p{N}])`;
  return `${before}${phrase.join(`${noWord}+`)}${after}`;
}
