import { SentimentIntensityAnalyzer } from 'vader-sentiment';
import { splitSentences } from './sentences.js';

export interface Sentiment {
  /** -1 (wholly negative) to 1 (wholly positive): the mean of its sentences. A longer text seldom leaves -0.5 to 0.5. */
  score: number;
  label: 'negative' | 'neutral' | 'positive';
}

/** The customary limit of VADER between neutral and not. */
const neutralUpTo = 0.05;
/** Of a longer text, this many sentences at even distances are read. */
const maxSentences = 400;
/** The rules of VADER look this far before and after a word: negations, boosters, idioms. */
const wordsBefore = 3;
const wordsAfter = 2;
const maxKnownWords = 50_000;

/** How `text`, a document or a passage, sounds (VADER, Hutto & Gilbert 2014). Null in a language other than English, or without words. */
export function sentimentOf(text: string, language = 'en'): Sentiment | null {
  if (language !== 'en') return null;
  const sentences = splitSentences(text).filter((sentence) => /\p{L}/u.test(sentence.text));
  if (sentences.length === 0) return null;
  const step = Math.max(1, sentences.length / maxSentences);
  let sum = 0;
  let count = 0;
  for (let at = 0; at < sentences.length; at += step) {
    sum += scoreOf(sentences[Math.floor(at)]!.text);
    count += 1;
  }
  const score = Math.round((sum / count) * 1_000) / 1_000 || 0;
  return { score, label: score > neutralUpTo ? 'positive' : score < -neutralUpTo ? 'negative' : 'neutral' };
}

/**
 * The score of a sentence. The analyzer's time goes up with every word, most of which are neutral and out of reach of its
 * rules: without them it gives the same score several times faster.
 */
function scoreOf(sentence: string): number {
  const words = sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const kept = new Set<number>();
  words.forEach((word, index) => {
    if (word.toLowerCase() === 'but') kept.add(index);
    if (!isCharged(word)) return;
    for (let near = Math.max(0, index - wordsBefore); near <= Math.min(words.length - 1, index + wordsAfter); near += 1) kept.add(near);
  });
  if (kept.size === 0) return 0;
  const read = words.filter((_, index) => kept.has(index)).join(' ');
  return SentimentIntensityAnalyzer.polarity_scores(read + (/!+/.exec(sentence)?.[0].slice(0, 3) ?? '')).compound;
}

const charged = new Map<string, boolean>();

/** Whether the lexicon gives the word a valence, remembered: to ask it takes as long as a short sentence. */
function isCharged(word: string): boolean {
  const bare = word.toLowerCase().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const known = charged.get(bare);
  if (known !== undefined) return known;
  if (charged.size >= maxKnownWords) charged.clear();
  const isIt = bare.length < 40 && SentimentIntensityAnalyzer.polarity_scores(bare).compound !== 0;
  charged.set(bare, isIt);
  return isIt;
}
