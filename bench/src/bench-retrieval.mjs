import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { embedPassages } from '@dramatis/activities/ingestion/embed-passages';
import { floorOf } from '@dramatis/activities/retrieval/passage-retriever';
import { createBuiltInEmbedder } from '@dramatis/embedder/built-in/built-in-embedder';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndex } from '@dramatis/passage-index/passage-index';
import { rankHits } from '@dramatis/passage-index/rank-passages';
import { startStack } from '../../tools/stack/stack.mjs';
import { say } from './environment.mjs';
import { report } from './report.mjs';
import { cutCorpora } from './retrieval/cut-corpora.mjs';
import { readCorpora, readLabels, readOffTopic } from './retrieval/labels.mjs';
import { certaintyOf, qualityOf, rankings, reciprocalRanks, searchLabels } from './retrieval/quality.mjs';
import { fillIndex, measureScale } from './retrieval/scale.mjs';
import { tune } from './retrieval/tune.mjs';
import { searchWidened } from './retrieval/widen.mjs';
import { median, p95, round } from './statistics.mjs';

const { values: options } = parseArgs({
  options: {
    passages: { type: 'string', default: '100000' },
    /** Only the seeded corpora, and by the tuning questions: what chunking and ranking do. Judges nothing. */
    tune: { type: 'boolean', default: false },
  },
});
const candidates = 24;

const folder = await mkdtemp(join(tmpdir(), 'dramatis-bench-'));
say('starting Elasticsearch');
const stack = await startStack({ dataDir: folder, ports: 'free', only: ['elasticsearch', 'embedder'] });
const client = createSearchClient({ url: stack.env.ELASTICSEARCH_URL, requestTimeoutMs: 120_000 });
const embedder = createBuiltInEmbedder({ modelDir: stack.env.EMBEDDER_MODEL_DIR, intraOpThreads: 2 });
const openIndex = async (alias) => {
  const index = new PassageIndex(client, { alias, embedder, searchTimeoutMs: 60_000 });
  await index.ensure();
  return index;
};
const write = async (index, passages) => {
  for (let start = 0; start < passages.length; start += 64) await index.bulkWrite(await embedPassages(embedder, passages.slice(start, start + 64)));
  await index.refresh();
};

try {
  const documents = await readCorpora();
  const index = await openIndex('seeded');
  if (options.tune) await tune({ labels: await readLabels('tuning'), documents, embedder, index, write });
  else await judge({ labels: await readLabels('test'), documents, index });
} finally {
  await client.close();
  await embedder.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
}

async function judge({ labels, documents, index }) {
  say('embedding the seeded corpora');
  const passages = cutCorpora(documents);
  await write(index, passages);
  const searched = await searchLabels({ labels, passages, embedder, index, candidates });
  const quality = Object.fromEntries(Object.entries(rankings).map(([name, rank]) => [name, qualityOf(searched, rank)]));
  const [hybrid, nearest] = [rankings.hybrid, rankings['kNN alone']].map((rank) => reciprocalRanks(searched, rank));
  const grounded = searched.filter(({ label, hits }) => isGrounded(label.question, hits)).length / searched.length;
  const widening = await searchWidened({ labels, passages, embedder, index, candidates });
  const former = await asBefore({ labels, documents, index });
  const offTopic = await shareOfOffTopic(index, [...new Set(labels.map(({ persona }) => persona))]);
  const best = (measure) => Math.max(quality['BM25 alone'][measure], quality['kNN alone'][measure]);

  const count = Number(options.passages);
  say(`indexing ${count} synthetic passages`);
  const large = await openIndex('synthetic');
  const startedAt = performance.now();
  const filled = await fillIndex(large, count);
  say(`indexed in ${Math.round((performance.now() - startedAt) / 1_000)} s; searching`);
  await measureScale(large, filled);
  const { recalls, times } = await measureScale(large, filled);
  const seen = (personaId) => filled.seen.get(personaId).length;

  report('retrieval', [
    ...Object.entries(recalls).map(([personaId, recall]) => ({
      name: `recall@10 of the index, persona with ${seen(personaId)} of ${filled.written} passages seen`,
      value: round(recall, 4),
      unit: '',
      target: { atLeast: 0.99 },
    })),
    { name: 'hybrid query there, median', value: round(median(times)), unit: 'ms' },
    { name: 'hybrid query there, p95', value: round(p95(times)), unit: 'ms' },
    { name: 'labelled questions of the test set', value: searched.length, unit: '' },
    ...Object.entries(quality).flatMap(([name, { hitAt8, mrr }]) => [
      { name: `${name}: hit@8`, value: round(hitAt8, 4), unit: '', ...(name === 'hybrid' ? { target: { atLeast: above(best('hitAt8'), searched.length) } } : {}) },
      { name: `${name}: MRR`, value: round(mrr, 4), unit: '', ...(name === 'hybrid' ? { target: { atLeast: round(best('mrr') + 0.0001, 4) } } : {}) },
    ]),
    { name: 'share of resamplings of the questions in which the MRR of hybrid is above that of kNN', value: round(certaintyOf(hybrid, nearest), 3), unit: '' },
    { name: 'widened by the knowledge graph: questions that changes', value: widening.changed, unit: '' },
    ...measuresOf('widened by the knowledge graph', widening.quality),
    ...measuresOf('kNN alone, passages embedded whole', former.quality),
    { name: 'share of the questions that the corpus is found to have something on', value: round(grounded, 3), unit: '' },
    { name: 'the same, passages embedded whole', value: round(former.grounded, 3), unit: '' },
    { name: 'the same of questions that it has nothing on', value: round(offTopic, 3), unit: '' },
  ]);
}

function measuresOf(name, { hitAt8, mrr }) {
  return [
    { name: `${name}: hit@8`, value: round(hitAt8, 4), unit: '' },
    { name: `${name}: MRR`, value: round(mrr, 4), unit: '' },
  ];
}

/** Passages with one vector each, of title, headings and text together: what was before sentences were embedded. */
async function asBefore({ labels, documents, index }) {
  const scope = '-whole';
  const passages = cutCorpora(documents, { scope });
  for (let start = 0; start < passages.length; start += 64) {
    const batch = passages.slice(start, start + 64);
    const vectors = await embedder.embed(batch.map(({ documentTitle, headingPath, text }) => `${[documentTitle, ...headingPath].join(': ')}\n${text}`));
    await index.bulkWrite(batch.map((passage, i) => ({ passage, vector: vectors[i] })));
  }
  await index.refresh();
  const searched = await searchLabels({ labels, passages, embedder, index, candidates, scope });
  const grounded = searched.filter(({ label, hits }) => isGrounded(label.question, hits)).length / searched.length;
  return { quality: qualityOf(searched, rankings['kNN alone']), grounded };
}

/** Whether a turn would take passages along. */
function isGrounded(query, hits) {
  return rankHits(query, hits).some(({ relevance }) => relevance >= floorOf(query));
}

async function shareOfOffTopic(index, personas) {
  const questions = await readOffTopic();
  let grounded = 0;
  for (const query of questions) {
    const [vector] = await embedder.embed([query]);
    for (const personaId of personas) {
      if (isGrounded(query, await index.search({ personaId, corpusVersion: 1, query, vector, candidates }))) grounded += 1;
    }
  }
  return grounded / (questions.length * personas.length);
}

/** One question more than that share of them, or all. */
function above(share, count) {
  return round(Math.min(1, share + 1 / count), 4);
}
