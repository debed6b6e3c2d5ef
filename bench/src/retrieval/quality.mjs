import { rankHits } from '@dramatis/passage-index/rank-passages';
import { answersOf } from './labels.mjs';
import { mulberry32 } from './random.mjs';

/** Passages that a prompt takes. */
const topK = 8;
const resamplings = 2_000;

/**
 * Hits for every label, searched once; rankings are made of them afterwards. `wordsOf` and `meaningOf` may ask for something else than the
 * question.
 */
export async function searchLabels({ labels, passages, embedder, index, candidates, scope = '', wordsOf = questionOf, meaningOf = questionOf }) {
  const searched = [];
  for (const label of labels) {
    const [vector] = await embedder.embed([meaningOf(label)]);
    const personaId = label.persona + scope;
    const hits = await index.search({ personaId, corpusVersion: 1, query: wordsOf(label), vector, candidates });
    searched.push({ label, hits, answers: answersOf(label, passages.filter((passage) => passage.personaId === personaId)) });
  }
  return searched;
}

const questionOf = ({ question }) => question;
const idsOf = (list) => list.map(({ passage }) => passage.passageId);
const hybrid = (weights) => (query, hits) => rankHits(query, hits, weights).map(({ passageId }) => passageId);

/** Orders of the same hits. Those after the third show what each part of the hybrid is worth. */
export const rankings = {
  hybrid: hybrid(),
  'BM25 alone': (_query, hits) => idsOf(hits.byWords),
  'kNN alone': (_query, hits) => idsOf(hits.byVector),
  'hybrid without words': hybrid({ sentence: 0.5, words: 0 }),
  'hybrid without sentences': hybrid({ sentence: 0, words: 0.08 }),
};

/**
 * Share of questions with an answer among the first 8, and the mean of 1 / rank of the first answer, 0 where none is found.
 * @param {(query: string, hits: object) => string[]} rank
 */
export function qualityOf(searched, rank) {
  const reciprocals = reciprocalRanks(searched, rank);
  return { hitAt8: mean(reciprocals.map((reciprocal) => (reciprocal >= 1 / topK ? 1 : 0))), mrr: mean(reciprocals) };
}

/** 1 / rank of the first answer to each question. */
export function reciprocalRanks(searched, rank) {
  return searched.map(({ label, hits, answers }) => {
    const place = rank(label.question, hits).findIndex((id) => answers.has(id));
    return place < 0 ? 0 : 1 / (place + 1);
  });
}

/**
 * In what share of resamplings of the questions one ranking's mean is above the other's: 0.5 where the difference is chance, near 1 where it is
 * not. Paired, and the same at each run.
 */
export function certaintyOf(reciprocals, baseline) {
  const random = mulberry32(1);
  const gains = reciprocals.map((value, i) => value - baseline[i]);
  let above = 0;
  for (let sample = 0; sample < resamplings; sample += 1) {
    let sum = 0;
    for (let i = 0; i < gains.length; i += 1) sum += gains[Math.floor(random() * gains.length)];
    if (sum > 0) above += 1;
  }
  return above / resamplings;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The first `count` hits of each kind, as if no more had been asked for. */
export function firstOf(searched, count) {
  return searched.map(({ label, hits, answers }) => ({
    label,
    answers,
    hits: { ...hits, byVector: hits.byVector.slice(0, count), byWords: hits.byWords.slice(0, count) },
  }));
}
