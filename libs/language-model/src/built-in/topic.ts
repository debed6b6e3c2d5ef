import { foldWord } from '@dramatis/text/keywords';
import type { AnalysedQuestion } from './question.js';
import type { SourcePassage } from './ranking.js';

const determiner = /(?:^|\s)(the|an?|my|our|his|her|of|in|upon|on|for|and|with|by|about|from|between|no|every|to|against)\s$/i;
const article = /(?:^|[\s(])(the|my|an?)\s$/i;
const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*\.?/gu;
const neverTopic = /^(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|be|been|do|does|did|can|could|will|would|should|shall|may|might|must|have|has|had|i|you|your|we|they|he|she|it|this|that|these|those|and|or|but|so|if|to|in|on|at|by|for|from|with|about|as|than|then|not|tell|explain|describe|give|me|us|please|really|main|think|mean|make|work|use|feel|see|say|get|go|know|one|two|day|year|time|way|thing)$/i;
const maxWords = 5;

/**
 * The noun phrase of the question that the passages talk about, as they write it, with its article: "the Analytical
 * Engine". Null when the passages hold no phrase of it where a noun would stand.
 */
export function topicOf(question: AnalysedQuestion, passages: readonly SourcePassage[]): string | null {
  const text = passages.flatMap((passage) => passage.read.statements.map((statement) => statement.text)).join('\n');
  const lower = text.toLowerCase();
  const strong = new Map(question.terms.map((term) => [term.text.toLowerCase(), term.weight]));
  let best: { phrase: string; value: number } | null = null;
  for (const phrase of phrasesOf(question.text)) {
    const value = phrase.split(' ').reduce((sum, part) => sum + (strong.get(part.toLowerCase().replace(/['’]s$/, '')) ?? strong.get(part.toLowerCase()) ?? 0.1), 0);
    if (/^\p{Ll}+(?:ed|ing|ly)$/u.test(phrase)) continue;
    // Of equals the last wins: the object comes after the verb.
    if (value < 0.9 || (best && value < best.value)) continue;
    const written = asWritten(phrase, text, lower);
    if (written) best = { phrase: withArticleOf(question.text, phrase, written), value };
  }
  return best?.phrase ?? null;
}

/** Whether a topic is named as persons and places are: questions about things would sound odd. */
export function isNamed(topic: string): boolean {
  return /^(?:\p{Lu}[\p{L}'’-]*\.?)(?: (?:de|of|von|van|\p{Lu}[\p{L}'’-]*\.?))*$/u.test(topic) && !/(?:ism|ity)$/.test(topic);
}

/** Runs of words of the question that could be a noun phrase, the longest first. */
function phrasesOf(question: string): string[] {
  const phrases: string[] = [];
  for (const segment of question.split(/[,;:.?!()"“”]|(?:^|\s)['‘]|['’](?:\s|$)/)) {
    const words = [...segment.matchAll(word)].map((match) => match[0]);
    for (let length = Math.min(maxWords, words.length); length > 0; length--) {
      for (let start = 0; start + length <= words.length; start++) {
        const part = words.slice(start, start + length);
        const isInner = (candidate: string) => /^(?:of|the|and|in|for)$/i.test(candidate);
        if (part.some((candidate, index) => (neverTopic.test(candidate) || /^(?:the|an?)$/i.test(candidate)) && !(index > 0 && index < length - 1 && isInner(candidate)))) continue;
        phrases.push(part.join(' '));
      }
    }
  }
  return phrases;
}

/** The question's own article, if it has one, knows best whether the word can be counted. */
function withArticleOf(question: string, phrase: string, written: string): string {
  const bare = written.replace(/^(?:the|an?|my) /, '');
  const at = question.indexOf(phrase);
  const found = /\b(the|an?|your)\s+$/i.exec(question.slice(0, Math.max(0, at)))?.[1]?.toLowerCase();
  if (!found) return written;
  return `${found === 'your' ? 'my' : found} ${bare}`;
}

/** The phrase in the passages' own letters, with "the" or "my" when it mostly stands so; null when it is no noun there. */
function asWritten(phrase: string, text: string, lower: string): string | null {
  const needle = phrase.toLowerCase();
  const spellings = new Map<string, number>();
  let nouns = 0;
  let total = 0;
  const articles = new Map<string, number>();
  for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if (/[\p{L}\p{N}]/u.test(lower[at - 1] ?? ' ') || /[\p{L}\p{N}]/u.test(lower[end] ?? ' ')) continue;
    total += 1;
    const before = text.slice(Math.max(0, at - 12), at);
    if (isNamed(text.slice(at, end)) && phrase.includes(' ')) nouns += 1;
    if (determiner.test(before) && !/(?:^|\s)to\s$/i.test(before)) nouns += 1;
    else if (/(?:^|\n)$/.test(before) && /^ (?:is|are|was|were|may|has|have|gave|explains?)\b/.test(lower.slice(end, end + 10))) nouns += 1;
    const found = article.exec(before)?.[1]?.toLowerCase();
    if (found) articles.set(found, (articles.get(found) ?? 0) + 1);
    const opensSentence = before === '' || /[\n.!?:]\s?$/.test(before);
    const spelling = text.slice(at, end);
    spellings.set(spelling, (spellings.get(spelling) ?? 0) + (opensSentence ? 0.1 : 1));
  }
  if (nouns === 0) return null;
  const [written = phrase] = [...spellings].sort((one, other) => other[1] - one[1]).map(([spelling]) => spelling);
  const [mostly] = [...articles].sort((one, other) => other[1] - one[1]);
  const counted = ['a', 'an'].find((found) => articles.has(found));
  const leading = mostly && mostly[1] > total / 2 ? mostly[0] : counted;
  return leading ? `${leading} ${written}` : written;
}

/** Tells whether a word that opens a heading would have its capital within a sentence too: whether the passages write it so. */
export function nameIn(passages: readonly SourcePassage[]): (word: string) => boolean {
  return (word) => {
    const folded = foldWord(word);
    const reads = passages.map((passage) => passage.read);
    return reads.some((read) => read.capitalised.has(folded)) && !reads.some((read) => read.uncapitalised.has(folded));
  };
}
