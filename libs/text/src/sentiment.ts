// Programs that import this file from another package see its types by this line.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- a declaration cannot be imported
/// <reference path="./vader-sentiment.d.ts" />
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

const negations = new Set("not no never none nobody nothing neither nor cannot without hardly scarcely rarely seldom n't".split(' '));
const boosters = new Set('absolutely completely considerably decidedly deeply enormously entirely especially exceptionally extremely fully greatly highly hugely incredibly intensely particularly purely quite really remarkably so thoroughly totally tremendously utterly very most more'.split(' '));
const dampers = new Set('almost barely kinda less little marginally occasionally partly slightly somewhat fairly'.split(' '));
const booster = 0.293;
const negation = -0.74;
const exclamation = 0.292;
/** What stands further from the word counts less. */
const distance = [1, 0.95, 0.9];

/** The lexicon and the rules of VADER for negation, degree, contrast and exclamation; its own code takes twenty times as long. */
function scoreOf(sentence: string): number {
  const words = Array.from(sentence.toLowerCase().matchAll(/\p{L}+(?:['’-]\p{L}+)*/gu), (match) => match[0].replace('’', "'"));
  const turn = words.indexOf('but');
  let sum = 0;
  for (const [at, word] of words.entries()) {
    const valence = valenceOf(word);
    if (valence === 0 || boosters.has(word) || dampers.has(word) || negations.has(word)) continue;
    const contrast = turn < 0 ? 1 : at < turn ? 0.5 : 1.5;
    sum += modified(valence, words, at) * contrast;
  }
  if (sum !== 0) sum += Math.sign(sum) * Math.min(4, sentence.match(/!/g)?.length ?? 0) * exclamation;
  return sum / Math.sqrt(sum * sum + normalization);
}

function modified(valence: number, words: string[], at: number): number {
  let result = valence;
  for (const [back, share] of distance.entries()) {
    const before = words[at - 1 - back];
    if (before === undefined) break;
    if (boosters.has(before)) result += Math.sign(valence) * booster * share;
    else if (dampers.has(before)) result -= Math.sign(valence) * booster * share;
    else if (negations.has(before) || before.endsWith("n't")) result *= negation;
  }
  return result;
}

const normalization = 15;
const valences = new Map<string, number>();

/** A word's valence in the lexicon, about -4 to 4, taken back out of the score that it has alone; remembered, since to ask takes long. */
function valenceOf(word: string): number {
  const known = valences.get(word);
  if (known !== undefined) return known;
  if (valences.size >= maxKnownWords) valences.clear();
  const compound = word.length < 40 ? SentimentIntensityAnalyzer.polarity_scores(word).compound : 0;
  const valence = compound * Math.sqrt(normalization / (1 - compound * compound));
  valences.set(word, valence);
  return valence;
}
