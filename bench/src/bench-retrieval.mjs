import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { embeddingTextOf } from '@dramatis/activities/ingestion/cut-document';
import { createBuiltInEmbedder } from '@dramatis/embedder/built-in/built-in-embedder';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndex } from '@dramatis/passage-index/passage-index';
import { startStack } from '../../tools/stack/stack.mjs';
import { say } from './environment.mjs';
import { report } from './report.mjs';
import { cutCorpora } from './retrieval/cut-corpora.mjs';
import { readCorpora, readLabels } from './retrieval/labels.mjs';
import { qualityOf, rankings, searchLabels } from './retrieval/quality.mjs';
import { fillIndex, measureScale } from './retrieval/scale.mjs';
import { tune } from './retrieval/tune.mjs';
import { median, p95, round } from './statistics.mjs';

const { values: options } = parseArgs({
  options: {
    passages: { type: 'string', default: '100000' },
    /** Only the seeded corpora, and on the tuning half: what chunking and fusion do. Judges nothing. */
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
  for (let start = 0; start < passages.length; start += 64) {
    const batch = passages.slice(start, start + 64);
    const vectors = await embedder.embed(batch.map(embeddingTextOf));
    await index.bulkWrite(batch.map((passage, i) => ({ passage, vector: vectors[i] })));
  }
  await index.refresh();
};

try {
  const labels = await readLabels();
  const documents = await readCorpora();
  const index = await openIndex('seeded');
  if (options.tune) await tune({ labels: labels.filter(({ half }) => half === 'tuning'), documents, embedder, index, write });
  else await judge({ labels: labels.filter(({ half }) => half === 'test'), documents, index });
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
  const quality = Object.fromEntries(Object.entries(rankings).map(([name, rank]) => [name, qualityOf(searched, (query, hits) => rank(query, hits))]));
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
    { name: 'labelled questions of the test half', value: searched.length, unit: '' },
    ...Object.entries(quality).flatMap(([name, { hitAt8, mrr }]) => [
      { name: `${name}: hit@8`, value: round(hitAt8, 4), unit: '', ...(name === 'hybrid' ? { target: { atLeast: above(best('hitAt8'), searched.length) } } : {}) },
      { name: `${name}: MRR`, value: round(mrr, 4), unit: '', ...(name === 'hybrid' ? { target: { atLeast: round(best('mrr') + 0.0001, 4) } } : {}) },
    ]),
  ]);
}

/** One question more than that share of them, or all. */
function above(share, count) {
  return round(Math.min(1, share + 1 / count), 4);
}
