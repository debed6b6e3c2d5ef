import { setTimeout as delay } from 'node:timers/promises';
import { generateDocuments, readDocuments } from './ingest/documents.mjs';
import { BenchEnvironment, say } from './environment.mjs';
import { ProductClient } from './product-client.mjs';
import { questions } from './questions.mjs';
import { report } from './report.mjs';
import { median } from './statistics.mjs';

/*
 * npm run bench:ingest [-- <folder or number of documents>]: documents a second from the start of an ingestion to the published version, beside
 * the same work in one plain loop on the same servers; the ingestion worker's memory; a second run over what has not changed; and what a
 * reader of the chat feels meanwhile.
 */
const argument = process.argv[2] ?? '1000';
const documents = /^\d+$/.test(argument) ? generateDocuments(Number(argument)) : await readDocuments(argument);
const chatTurns = 12;
const round = (value, digits = 1) => Number(value.toFixed(digits));

// As `npm start` runs them.
const environment = await BenchEnvironment.start({
  worker: { DRAMATIS_WORKER_ROLE: 'turns' },
  ingestion: { DRAMATIS_WORKER_ROLE: 'ingestion', DRAMATIS_NICE: '19' },
});
try {
  const plain = await inPlainLoop();
  const idle = await chat(chatTurns);

  const personaId = await newPersona();
  const uploadIds = await upload();
  const { sourceId } = await call('POST', '/api/admin/sources', { kind: 'upload', personaId, name: 'Bench', uploadIds });
  say(`ingesting ${documents.length} documents`);
  const stopWatching = watchMemory();
  const first = await ingest(sourceId);
  say('ingesting them again');
  const second = await ingest(sourceId);
  const meanwhile = await chatWhileIngesting();
  const peakBytes = stopWatching();

  const perSecond = (documents.length * 1_000) / first.elapsedMs;
  const plainPerSecond = (documents.length * 1_000) / plain.elapsedMs;
  report('ingest', [
    { name: 'documents', value: documents.length, unit: '' },
    { name: 'passages', value: first.counts.passages, unit: '' },
    { name: 'indexed documents', value: first.counts.indexed, unit: '', target: { atLeast: documents.length - first.counts.duplicate - first.counts.skipped } },
    { name: 'ingestion', value: round(perSecond), unit: 'documents/s' },
    { name: 'plain loop', value: round(plainPerSecond), unit: 'documents/s' },
    { name: 'ingestion as a share of the plain loop', value: round((100 * perSecond) / plainPerSecond), unit: '%', target: { atLeast: 80 } },
    { name: 'share of the plain loop that is embedding', value: round((100 * plain.embeddingMs) / plain.elapsedMs), unit: '%' },
    { name: 'the embedder alone', value: round((documents.length * 1_000) / plain.embeddingMs), unit: 'documents/s' },
    { name: 'ingestion worker, memory at its peak', value: round(peakBytes / 2 ** 20, 0), unit: 'MB', target: { atMost: 700 } },
    { name: 'second run, nothing changed', value: round(second.elapsedMs / 1_000, 2), unit: 's' },
    { name: 'second run, documents embedded or written', value: second.counts.indexed + second.counts.passages, unit: '', target: { atMost: 0 } },
    { name: 'second run, times faster', value: round(first.elapsedMs / second.elapsedMs), unit: '', target: { atLeast: 10 } },
    { name: 'first delta, idle, median', value: round(idle), unit: 'ms' },
    { name: 'first delta while ingesting, median', value: round(meanwhile), unit: 'ms' },
    { name: 'first delta while ingesting, times idle', value: round(meanwhile / idle, 2), unit: '', target: { atMost: 1.5 } },
  ]);
} finally {
  await environment.stop();
}

async function inPlainLoop() {
  say('the plain loop');
  const child = environment.spawn('plain-loop', 'bench/src/ingest/plain-loop.mjs');
  await new Promise((resolve) => child.once('message', resolve));
  child.send({ documents });
  const result = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The plain loop ended with ${code}.`)));
  });
  await environment.end('plain-loop');
  return result;
}

async function chat(turns) {
  say('chatting');
  const client = await ProductClient.connect(environment.apiUrl);
  const samples = [];
  for (let index = 0; index < turns + 3; index += 1) {
    const [personaId, question] = questions[index % questions.length];
    const conversationId = await client.createConversation(personaId, { mode: 'educator', format: 'free' });
    const { firstDeltaMs } = await client.turn(conversationId, question);
    // The first ones warm up.
    if (index >= 3) samples.push(firstDeltaMs);
    await delay(300);
  }
  client.close();
  return median(samples);
}

/** Another persona takes in the same documents while the chat goes on. */
async function chatWhileIngesting() {
  const personaId = await newPersona();
  const { sourceId } = await call('POST', '/api/admin/sources', { kind: 'upload', personaId, name: 'Bench', uploadIds: await upload() });
  const { ingestionId } = await call('POST', `/api/admin/sources/${sourceId}/ingest`, {});
  await delay(2_000);
  const firstDelta = await chat(chatTurns);
  const { status } = await call('GET', `/api/admin/ingestions/${ingestionId}`);
  if (status !== 'running') throw new Error('The ingestion ended before the chat did: use more documents.');
  await call('POST', `/api/admin/ingestions/${ingestionId}/cancel`, {});
  return firstDelta;
}

async function ingest(sourceId) {
  const start = performance.now();
  const { ingestionId } = await call('POST', `/api/admin/sources/${sourceId}/ingest`, {});
  for (;;) {
    const ingestion = await call('GET', `/api/admin/ingestions/${ingestionId}`);
    if (ingestion.status === 'completed') return { counts: ingestion.counts, elapsedMs: performance.now() - start };
    if (ingestion.status !== 'running') throw new Error(`The ingestion ended as ${ingestion.status}: ${ingestion.failure}`);
    await delay(ingestion.stage === 'processing' && ingestion.counts.discovered > 50 ? 500 : 50);
  }
}

async function newPersona() {
  const { personaId } = await call('POST', '/api/personas', { name: `Bench ${Date.now()}`, description: 'Takes in documents.' });
  return personaId;
}

async function upload() {
  const uploadIds = [];
  for (let from = 0; from < documents.length; from += 100) {
    const form = new FormData();
    for (const { fileName, text } of documents.slice(from, from + 100)) form.append('files', new Blob([text], { type: 'text/markdown' }), fileName);
    const response = await fetch(new URL('/api/admin/uploads', environment.apiUrl), { method: 'POST', headers: authorization(), body: form });
    const { items } = await response.json();
    uploadIds.push(...items.flatMap((item) => (item.ok ? [item.uploadId] : [])));
  }
  return uploadIds;
}

function watchMemory() {
  let peak = 0;
  const timer = setInterval(() => void environment.residentBytes('ingestion').then((bytes) => (peak = Math.max(peak, bytes))), 500);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function authorization() {
  return { authorization: `Bearer ${environment.adminToken}` };
}

async function call(method, path, body) {
  const response = await fetch(new URL(path, environment.apiUrl), {
    method,
    headers: { ...authorization(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}
