import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ingestionWorker } from '../../tools/stack/start/product.mjs';
import { BenchEnvironment, say } from './environment.mjs';
import { Curator } from './ingest/curator.mjs';
import { generateDocuments, generateShortDocuments, readDocuments } from './ingest/documents.mjs';
import { MemoryCurve } from './ingest/memory-curve.mjs';
import { ProductClient } from './product-client.mjs';
import { questions } from './questions.mjs';
import { report } from './report.mjs';
import { median, round } from './statistics.mjs';

const help = `npm run bench:ingest -- [--documents 1000 | --folder <path>] [--loop 200] [--turns 16] [--memory]

Documents a second from the start of an ingestion to the published version, beside the same work in one plain loop on the same servers;
the ingestion worker's memory; a second run over what has not changed; and what a reader of the chat feels meanwhile.

--documents  how many are generated, of about 5 kB each
--folder     take the Markdown, text and HTML files of this folder instead
--loop       how many of them the plain loop takes, half before the ingestion and half after it
--turns      of the chat, while an ingestion runs and as many without
--memory     only the memory, with 10,000 documents (or --documents) of about 0.35 kB, one passage each: ten thousand of
             5 kB take their embedder more than an hour`;

const { values: options } = parseArgs({
  options: {
    documents: { type: 'string' },
    folder: { type: 'string' },
    loop: { type: 'string', default: '200' },
    turns: { type: 'string', default: '16' },
    memory: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit(0);
}
/** Elasticsearch's virtual machine compiles its code while it serves the first ones. */
const warmUpTurns = 40;
const mostMegabytes = 700;

const documents = await chooseDocuments();
const bytes = documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

// As `npm start` runs them.
const environment = await BenchEnvironment.start({
  worker: { DRAMATIS_WORKER_ROLE: 'turns' },
  ingestion: { env: ingestionWorker.env, nodeOptions: [...ingestionWorker.nodeOptions, '--enable-source-maps'] },
});
const curator = new Curator(environment);
try {
  const size = [
    { name: 'documents', value: documents.length, unit: '' },
    { name: 'size of a document, mean', value: round(bytes / documents.length / 1_000, 2), unit: 'kB' },
  ];
  report(options.memory ? 'ingest-memory' : 'ingest', [...size, ...(options.memory ? await memoryAlone() : await everything())]);
} finally {
  await environment.stop();
}

function chooseDocuments() {
  if (options.folder) return readDocuments(options.folder);
  if (options.memory) return generateShortDocuments(Number(options.documents ?? 10_000));
  return generateDocuments(Number(options.documents ?? 1_000));
}

async function memoryAlone() {
  const sourceId = await curator.newSource(documents);
  const { first, memory } = await ingestMeasured(sourceId);
  return [...outcomeOf(first), ...memory];
}

async function everything() {
  const sample = documents.slice(0, Number(options.loop));
  const half = Math.ceil(sample.length / 2);
  // The machine's speed drifts: half of the loop before, half after.
  const loops = [await inPlainLoop(sample.slice(0, half))];
  const sourceId = await curator.newSource(documents);
  const { first, processor, memory } = await ingestMeasured(sourceId);
  if (sample.length > half) loops.push(await inPlainLoop(sample.slice(half)));
  say('ingesting them again');
  const second = await curator.ingest(sourceId);
  const { idle, meanwhile } = await compareChat();

  const [loopMs, embeddingMs] = ['elapsedMs', 'embeddingMs'].map((time) => loops.reduce((sum, loop) => sum + loop[time], 0));
  const perSecond = (documents.length * 1_000) / first.elapsedMs;
  const loopPerSecond = (sample.length * 1_000) / loopMs;
  return [
    ...outcomeOf(first),
    { name: `plain loop, over ${sample.length} of them`, value: round(loopPerSecond, 2), unit: 'documents/s' },
    { name: 'ingestion as a share of the plain loop', value: round((100 * perSecond) / loopPerSecond), unit: '%', target: { atLeast: 80 } },
    { name: 'share of the plain loop that is embedding', value: round((100 * embeddingMs) / loopMs), unit: '%' },
    { name: 'the embedder alone', value: round((sample.length * 1_000) / embeddingMs, 2), unit: 'documents/s' },
    ...Object.entries(processor).map(([name, value]) => ({ name: `processor time a document: ${name}`, value: round(value), unit: 'ms' })),
    ...memory,
    { name: 'second run, nothing changed', value: round(second.elapsedMs / 1_000, 2), unit: 's' },
    { name: 'second run, documents embedded or written', value: second.counts.indexed + second.counts.passages, unit: '', target: { atMost: 0 } },
    { name: 'second run, times faster', value: round(first.elapsedMs / second.elapsedMs), unit: '', target: { atLeast: 10 } },
    { name: 'first delta, idle, median', value: round(idle), unit: 'ms' },
    { name: 'first delta while ingesting, median', value: round(meanwhile), unit: 'ms' },
    { name: 'first delta while ingesting, times idle', value: round(meanwhile / idle, 2), unit: '', target: { atMost: 1.5 } },
  ];
}

function outcomeOf({ counts, elapsedMs }) {
  return [
    { name: 'passages', value: counts.passages, unit: '' },
    { name: 'indexed documents', value: counts.indexed, unit: '', target: { atLeast: documents.length - counts.duplicate - counts.skipped } },
    { name: 'ingestion', value: round((documents.length * 1_000) / elapsedMs, 2), unit: 'documents/s' },
  ];
}

/** Takes the documents in, and says what that cost in memory and in processor time. */
async function ingestMeasured(sourceId) {
  say(`ingesting ${documents.length} documents`);
  const before = await environment.processorTimes();
  const curve = new MemoryCurve(documents.length, () => environment.residentBytes('ingestion'));
  const first = await curator.ingest(sourceId, (done) => curve.sample(done));
  const after = await environment.processorTimes();
  const processor = Object.fromEntries(Object.entries(after).map(([name, time]) => [name, (time - (before[name] ?? 0)) / documents.length]));
  return { first, processor, memory: curve.figures(mostMegabytes) };
}

async function inPlainLoop(sample) {
  say(`the plain loop, ${sample.length} documents`);
  const child = environment.spawn('plain-loop', 'bench/src/ingest/plain-loop.mjs');
  await new Promise((resolve) => child.once('message', resolve));
  child.send({ documents: sample });
  const result = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The plain loop ended with ${code}.`)));
  });
  await environment.end('plain-loop');
  return result;
}

/** Chats with nothing else to do, while another persona takes in the same documents, and with nothing else to do again. */
async function compareChat() {
  const turns = Number(options.turns);
  const client = await ProductClient.connect(environment.apiUrl);
  const sourceId = await curator.newSource(documents);
  say('chatting without an ingestion');
  await chat(client, warmUpTurns);
  const idle = await chat(client, Math.ceil(turns / 2));
  say('chatting while one runs');
  const ingestionId = await curator.start(sourceId);
  while ((await curator.read(ingestionId)).counts.indexed < 4) await delay(500);
  const meanwhile = await chat(client, turns);
  const { status } = await curator.read(ingestionId);
  if (status !== 'running') throw new Error('The ingestion ended before the chat did: use more documents.');
  await curator.cancel(ingestionId);
  while ((await curator.read(ingestionId)).status === 'running') await delay(500);
  say('chatting without it again');
  idle.push(...(await chat(client, Math.floor(turns / 2))));
  client.close();
  return { idle: median(idle), meanwhile: median(meanwhile) };
}

async function chat(client, turns) {
  const samples = [];
  for (let index = 0; index < turns; index += 1) {
    const [personaId, question] = questions[index % questions.length];
    const conversationId = await client.createConversation(personaId, { mode: 'educator', format: 'free' });
    const { firstDeltaMs } = await client.turn(conversationId, question);
    samples.push(firstDeltaMs);
    // As somebody who reads, if a quick one.
    await delay(200);
  }
  return samples;
}
