import { rankHits } from '@dramatis/passage-index/rank-passages';
import { say } from '../environment.mjs';
import { cutCorpora } from './cut-corpora.mjs';
import { certaintyOf, firstOf, qualityOf, rankings, reciprocalRanks, searchLabels } from './quality.mjs';
import { reciprocalRankFusion } from './reciprocal-rank-fusion.mjs';
import { searchWidened } from './widen.mjs';

const chunkings = [
  { targetTokens: 250, overlapSentences: 1 },
  { targetTokens: 250, overlapSentences: 0 },
  { targetTokens: 150, overlapSentences: 1 },
  { targetTokens: 100, overlapSentences: 1 },
  { targetTokens: 400, overlapSentences: 1 },
];
const constants = [5, 10, 20, 60];
const vectorWeights = [1, 2, 4];
const candidateCounts = [12, 24, 50];
const sentenceWeights = [0, 0.3, 0.4, 0.5, 0.6, 0.7];
const widenings = [
  { count: 1, minWeight: 0.3 },
  { count: 3, minWeight: 0.3 },
  { count: 3, minWeight: 0 },
];
const wordWeights = [0, 0.04, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2];

/** Tries cuts and rankings on the tuning questions, and prints what each gives, and how surely it is above kNN alone. */
export async function tune({ labels, documents, embedder, index, write }) {
  for (const chunking of chunkings) {
    const scope = `-${chunking.targetTokens}-${chunking.overlapSentences}`;
    const passages = cutCorpora(documents, { chunking, scope });
    say(`${passages.length} passages of about ${chunking.targetTokens} tokens, ${chunking.overlapSentences} sentences of overlap`);
    await write(index, passages);
    const searched = await searchLabels({ labels, passages, embedder, index, candidates: Math.max(...candidateCounts), scope });
    const hits = firstOf(searched, 24);
    console.table(Object.entries(rankings).map(([name, rank]) => row(name, hits, rank)));
    console.table(sorted([...fusions(searched), ...scores(hits)]).slice(0, 40));
    if (chunking === chunkings[0]) console.table(await tryWidenings(hits, { labels, passages, embedder, index, candidates: 24, scope }));
  }
}

/** Whether the closest neighbours in the knowledge graph of what a question names help, asked for by words, or by words and meaning. */
async function tryWidenings(plain, search) {
  const rows = [];
  for (const widening of widenings) {
    for (const byMeaning of [false, true]) {
      const { searched, rank, changed, quality } = await searchWidened(search, { ...widening, byMeaning });
      const name = `widened by ${widening.count} of at least ${widening.minWeight}, ${byMeaning ? 'words and meaning' : 'words'}: ${changed} questions`;
      const certainty = certaintyOf(reciprocalRanks(searched, rank), reciprocalRanks(plain, rankings.hybrid));
      rows.push({ name, 'hit@8': Number(quality.hitAt8.toFixed(4)), MRR: Number(quality.mrr.toFixed(4)), 'above hybrid': certainty });
    }
  }
  return rows;
}

function fusions(searched) {
  return candidateCounts.flatMap((candidates) => {
    const hits = firstOf(searched, candidates);
    return constants.flatMap((k) =>
      vectorWeights.map((weight) =>
        row(`ranks: candidates ${candidates}, k ${k}, vectors ${weight}`, hits, (_query, { byVector, byWords }) => {
          const lists = [byVector, byWords].map((list) => list.map(({ passage }) => passage.passageId));
          return reciprocalRankFusion(lists, { k, weights: [weight, 1] }).map(({ id }) => id);
        }),
      ),
    );
  });
}

function scores(hits) {
  return sentenceWeights.flatMap((sentence) =>
    wordWeights.map((words) =>
      row(`scores: sentence ${sentence}, words ${words}`, hits, (query, found) => rankHits(query, found, { sentence, words }).map(({ passageId }) => passageId)),
    ),
  );
}

function row(name, hits, rank) {
  const { hitAt8, mrr } = qualityOf(hits, rank);
  const certainty = certaintyOf(reciprocalRanks(hits, rank), reciprocalRanks(hits, rankings['kNN alone']));
  return { name, 'hit@8': Number(hitAt8.toFixed(4)), MRR: Number(mrr.toFixed(4)), 'above kNN': certainty };
}

function sorted(rows) {
  return rows.sort((a, b) => b.MRR - a.MRR || b['hit@8'] - a['hit@8']);
}
