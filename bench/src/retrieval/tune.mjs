import { reciprocalRankFusion } from './reciprocal-rank-fusion.mjs';
import { weighEvidence } from '@dramatis/passage-index/relevance';
import { say } from '../environment.mjs';
import { cutCorpora } from './cut-corpora.mjs';
import { firstOf, qualityOf, rankings, searchLabels } from './quality.mjs';

const chunkings = [
  { targetTokens: 250, overlapSentences: 1 },
  { targetTokens: 250, overlapSentences: 0 },
  { targetTokens: 150, overlapSentences: 1 },
  { targetTokens: 100, overlapSentences: 1 },
  { targetTokens: 400, overlapSentences: 1 },
];
const constants = [2, 5, 10, 20, 60];
const vectorWeights = [1, 2, 3, 4, 6, 10];
const candidateCounts = [12, 24, 50];
const scoreWeights = [0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3];

/** Tries cuts and fusions on the tuning half, and prints what each gives. */
export async function tune({ labels, documents, embedder, index, write }) {
  for (const chunking of chunkings) {
    const scope = `-${chunking.targetTokens}-${chunking.overlapSentences}`;
    const passages = cutCorpora(documents, { chunking, scope });
    say(`${passages.length} passages of about ${chunking.targetTokens} tokens, ${chunking.overlapSentences} sentences of overlap`);
    await write(index, passages);
    const searched = await searchLabels({ labels, passages, embedder, index, candidates: Math.max(...candidateCounts), scope });
    const rows = Object.entries(rankings).map(([name, rank]) => row(name, qualityOf(firstOf(searched, 24), (query, hits) => rank(query, hits))));
    console.table(rows);
    console.table([...fusions(searched), ...scores(searched)].sort((a, b) => b['hit@8'] - a['hit@8'] || b.MRR - a.MRR).slice(0, 30));
  }
}

function fusions(searched) {
  return candidateCounts.flatMap((candidates) => {
    const hits = firstOf(searched, candidates);
    return constants.flatMap((k) =>
      vectorWeights.map((weight) => {
        const quality = qualityOf(hits, (_query, { byVector, byWords }) => {
          const lists = [byVector, byWords].map((list) => list.map(({ passage }) => passage.passageId));
          return reciprocalRankFusion(lists, { k, weights: [weight, 1] }).map(({ id }) => id);
        });
        return row(`ranks: candidates ${candidates}, k ${k}, vectors ${weight}`, quality);
      }),
    );
  });
}

/** By scores in place of ranks: the cosine, and either the share of the question's words that a passage has, or BM25 as a share of the best. */
function scores(searched) {
  const hits = firstOf(searched, 24).map((one) => ({ ...one, scored: parts(one) }));
  return ['coverage', 'bm25'].flatMap((kind) =>
    scoreWeights.map((weight) => {
      const of = (one) => one.similarity + weight * one[kind];
      const ranked = new Map(hits.map(({ label, scored }) => [label.question, [...scored].sort((a, b) => of(b) - of(a)).map(({ id }) => id)]));
      return row(`scores: ${kind} ${weight}`, qualityOf(hits, (query) => ranked.get(query)));
    }),
  );
}

function parts({ label, hits }) {
  const bestByWords = hits.byWords[0]?.relevance ?? 1;
  const byWords = new Map(hits.byWords.map(({ passage, relevance }) => [passage.passageId, relevance / bestByWords]));
  return [...weighEvidence(label.question, hits)].map(([id, evidence]) => ({ id, ...evidence, bm25: byWords.get(id) ?? 0 }));
}

function row(name, { hitAt8, mrr }) {
  return { name, 'hit@8': Number(hitAt8.toFixed(4)), MRR: Number(mrr.toFixed(4)) };
}
