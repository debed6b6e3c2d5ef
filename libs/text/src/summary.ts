import { keywords } from './keywords.js';
import { splitSentences } from './sentences.js';

export interface SummarySentence {
  text: string;
  /** Offsets into the summarised text. */
  start: number;
  end: number;
}

/** Sentences of a document that say together what it is about, in reading order. Plain JSON. */
export interface Summary {
  text: string;
  sentences: SummarySentence[];
}

export interface SummaryOptions {
  /** Default 3. */
  maxSentences?: number;
  /** Default 600. A summary of one sentence may be longer. */
  maxCharacters?: number;
}

/** Of a longer text, the first half of these and the rest at even distances are candidates. */
const maxCandidates = 300;
const maxTextCharacters = 1_000_000;
const shortest = 40;
const longest = 320;
/** Openings that lean on the sentence before. */
const leaning =
  /^["“(]?(?:first|firstly|second|secondly|third|thirdly|finally|at last|the (?:simplest|objection|division|comparison)|one (?:side|objection)|an? (?:second|third|fourth|critic|reader|judge)\b|however|but|and|or|so|yet|he|she|it|they|this|these|that|those|such|his|her|its|their|them|then|thus|therefore|hence|instead|also|another|both|here|there|neither|either|nor|still|moreover|furthermore|besides|meanwhile|otherwise|afterwards|consequently|for example|for instance|in fact|indeed|the (?:latter|former|same|second|third|other|others|next|last)|on the other hand|as a result|other|others|some|one of (?:them|these)|we then|soon|later|only then|next|even so|nevertheless|again|perhaps|no|yes|by (?:this|that)|in (?:this|that|those|these|its|his|her|their)|the (?:two|three|four|five|six|reason|condition|book|volume|result|difference|rest)|at (?:this|that)|from (?:this|that)|to (?:this|that)|under (?:this|that)|with (?:this|that)|for (?:this|that)|after (?:this|that))\b/i;
/** A text speaking of itself. */
const aboutItself = /\b(?:here i|i (?:relate|tell|give|set out|describe|explain) (?:here|below)|set out here|(?:is|are) (?:told|given|set out|described) (?:here|below)|this (?:is how|page|document|chapter|essay|article|account|note)|below|the following|as follows|in what follows)\b|\bhere\b/i;

interface Candidate extends SummarySentence {
  vector: Map<string, number>;
  /** Above 1 for a sentence that is likely to sum up, below 1 for one that may not stand alone. */
  bonus: number;
  /** The document it is of, in a corpus. */
  group: number;
}

/**
 * An extractive summary: the sentences nearest to what the whole text speaks of, each saying something that the others do not (centroid
 * and maximal marginal relevance). Headings, questions, list entries and sentences that lean on others are left out, as long
 * as there are any others. Empty for an empty text. Works on text of any language that has spaces.
 */
export function summarize(text: string, options: SummaryOptions = {}): Summary {
  return choose(candidatesOf(text.slice(0, maxTextCharacters)), options);
}

export interface CorpusSummary {
  text: string;
  sentences: { documentId: string; text: string }[];
}

/** A summary over the summaries of documents, in their order: at most one sentence of each. */
export function summarizeCorpus(documents: { documentId: string; summary: string }[], options: SummaryOptions = {}): CorpusSummary {
  const step = Math.max(1, documents.length / maxCandidates);
  const sampled = Array.from({ length: Math.ceil(documents.length / step) }, (_, at) => documents[Math.floor(at * step)]!);
  const candidates = sampled.flatMap(({ summary }, group) => candidatesOf(summary).slice(0, 5).map((candidate, place) => ({ ...candidate, group, bonus: (group === 0 ? 1.3 : 1) * (place === 0 ? 1.25 : 1) })));
  const { text, sentences } = choose(candidates, { maxSentences: 5, maxCharacters: 900, ...options }, true);
  return { text, sentences: (sentences as Candidate[]).map((sentence) => ({ documentId: sampled[sentence.group]!.documentId, text: sentence.text })) };
}

function candidatesOf(text: string): Candidate[] {
  const all = splitSentences(text).filter((sentence) => /\p{L}{2}/u.test(sentence.text));
  const first = all.slice(0, maxCandidates / 2);
  const rest = all.slice(maxCandidates / 2);
  const step = Math.max(1, rest.length / (maxCandidates / 2));
  const sampled = [...first, ...Array.from({ length: Math.floor(rest.length / step) }, (_, at) => rest[Math.floor(at * step)]!)];
  const complete = sampled.filter(({ text: sentence }) => /[.!…。]["'”’»)\]]*$/.test(sentence));
  const whole = complete.filter(({ text: sentence, start, end }) => !isListItem(text, start, end) && sentence.length >= shortest && sentence.length <= longest && !leaning.test(sentence) && !/^(?:\S+ ){1,3}(?:therefore|however|also|then|thus|too|again)\b/.test(sentence) && !/^(?:\d{1,3}[.)]|[-*•–])\s|:\s*$|;.*:/.test(sentence));
  const chosen = whole.length > 0 ? whole : complete.length > 0 ? complete : sampled;
  return chosen.map((sentence, index) => ({
    ...sentence,
    vector: vectorOf(sentence.text),
    bonus: (index === 0 ? 1.3 : index < 4 ? 1.1 : 1) * (aboutItself.test(sentence.text) ? 0.35 : 1) * (/\b(?:those|these) (?:two|three|\w+s)\b/.test(sentence.text) ? 0.7 : 1) * (lacksBearer(sentence.text) ? 0.6 : 1) * (/\btherefore\b/.test(sentence.text) ? 0.7 : 1),
    group: index,
  }));
}

/** Whether the sentence is a line of its own among lines: what lists and tables become. */
function isListItem(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)];
  const isLine = (before === '' || before.endsWith('\n')) && (after === '' || after.startsWith('\n'));
  return isLine && (/[^\n]\n$/.test(before) || /^\n[^\n]/.test(after));
}

/** Whether a pronoun stands before any name: who "his" means was said in another sentence. */
function lacksBearer(sentence: string): boolean {
  const pronoun = sentence.search(/\b(?:he|him|his|she|her|hers|they|them|their)\b/);
  return pronoun > 0 && !/\p{Lu}\p{Ll}|\p{Ll}s\b/u.test(sentence.slice(1, pronoun));
}

function vectorOf(sentence: string): Map<string, number> {
  const vector = new Map<string, number>();
  for (const keyword of keywords(sentence)) vector.set(keyword, (vector.get(keyword) ?? 0) + 1);
  return vector;
}

function choose(candidates: Candidate[], { maxSentences = 3, maxCharacters = 600 }: SummaryOptions, onePerGroup = false): Summary {
  const counts = new Map<string, number>();
  for (const { vector } of candidates) for (const key of vector.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const relevance = candidates.map((candidate) => {
    let sum = 0;
    for (const key of candidate.vector.keys()) sum += Math.log(counts.get(key)!);
    // The mean rather than the sum, softly: neither the longest nor the shortest sentence wins.
    return (candidate.bonus * sum) / Math.pow(candidate.vector.size + 2, 0.7);
  });
  const most = Math.max(...relevance, 1e-9);
  const overlaps = candidates.map(() => 0);
  const chosen: Candidate[] = [];
  let length = 0;
  const open = new Set(candidates.keys());
  while (chosen.length < maxSentences && open.size > 0) {
    let best = -1;
    let bestScore = -Infinity;
    for (const at of open) {
      const score = relevance[at]! / most - overlaps[at]!;
      if (score > bestScore) [best, bestScore] = [at, score];
    }
    open.delete(best);
    const candidate = candidates[best]!;
    if (chosen.length > 0 && length + 1 + candidate.text.length > maxCharacters) continue;
    chosen.push(candidate);
    length += candidate.text.length + 1;
    for (const at of open) {
      if (onePerGroup && candidates[at]!.group === candidate.group) open.delete(at);
      else overlaps[at] = Math.max(overlaps[at]!, overlap(candidates[at]!.vector, candidate.vector));
    }
  }
  chosen.sort((one, other) => (onePerGroup ? one.group - other.group : one.start - other.start));
  const sentences = onePerGroup ? chosen : chosen.map(({ text, start, end }) => ({ text, start, end }));
  return { text: chosen.map((sentence) => sentence.text.replace(/\s+/g, ' ')).join(' '), sentences };
}

function overlap(one: Map<string, number>, other: Map<string, number>): number {
  let shared = 0;
  for (const key of one.keys()) if (other.has(key)) shared += 1;
  return shared / Math.max(1, Math.sqrt(one.size * other.size));
}
