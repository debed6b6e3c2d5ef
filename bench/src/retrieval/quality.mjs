import { rankHits } from '@dramatis/passage-index/rank-passages';
import { answersOf } from './labels.mjs';

/** Passages that a prompt takes. */
const topK = 8;

/** Hits for every label, searched once; rankings are made of them afterwards. */
export async function searchLabels({ labels, passages, embedder, index, candidates, scope = '' }) {
  const searched = [];
  for (const label of labels) {
    const [vector] = await embedder.embed([label.question]);
    const personaId = label.persona + scope;
    const hits = await index.search({ personaId, corpusVersion: 1, query: label.question, vector, candidates });
    searched.push({ label, hits, answers: answersOf(label, passages.filter((passage) => passage.personaId === personaId)) });
  }
  return searched;
}

export const rankings = {
  hybrid: (query, hits) => rankHits(query, hits).map(({ passageId }) => passageId),
  'BM25 alone': (_query, hits) => hits.byWords.map(({ passage }) => passage.passageId),
  'kNN alone': (_query, hits) => hits.byVector.map(({ passage }) => passage.passageId),
};

/**
 * Share of questions with an answer among the first 8, and the mean of 1 / rank of the first answer, 0 where none is found.
 * @param {(query: string, hits: object) => string[]} rank
 */
export function qualityOf(searched, rank) {
  let hits = 0;
  let reciprocal = 0;
  for (const { label, hits: found, answers } of searched) {
    const place = rank(label.question, found).findIndex((id) => answers.has(id));
    if (place >= 0 && place < topK) hits += 1;
    if (place >= 0) reciprocal += 1 / (place + 1);
  }
  return { hitAt8: hits / searched.length, mrr: reciprocal / searched.length };
}

/** The first `count` hits of each kind, as if no more had been asked for. */
export function firstOf(searched, count) {
  return searched.map(({ label, hits, answers }) => ({
    label,
    answers,
    hits: { ...hits, byVector: hits.byVector.slice(0, count), byWords: hits.byWords.slice(0, count) },
  }));
}
