import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { startModelServer } from '@dramatis/testing/model-server/model-server';
import { randomUUID } from 'node:crypto';
import { BenchEnvironment, say } from './environment.mjs';
import { ProductClient } from './product-client.mjs';
import { questions, turnsPerConversation } from './questions.mjs';
import { report } from './report.mjs';
import { median, p95, round } from './statistics.mjs';

const help = `npm run bench:turn -- [--rounds 5] [--turns 24] [--concurrency 10] [--concurrent-turns 20]

Side by side, round after round: (a) a turn of the product, from POST to the first delta at a socket client; (b) a bare
Temporal workflow with one activity on the same server; (c) the turn's steps in one process without Temporal.
Once with the built-in model, once with a stand-in for a language model that answers at once in 50 pieces.`;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    turns: { type: 'string', default: '24' },
    concurrency: { type: 'string', default: '10' },
    'concurrent-turns': { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit(0);
}
/** For each of the clients, before anything is measured. */
const warmUpTurns = 60;
const [rounds, turns, concurrency, concurrentTurns] = [options.rounds, options.turns, options.concurrency, options['concurrent-turns']].map(Number);

const environment = await BenchEnvironment.start();
const modelServer = await startModelServer({ behaviour: { chunks: 50 } });
let bare;
try {
  const figures = [];
  bare = await startBare(environment);
  figures.push(...(await compare('built-in', {})));
  const standIn = {
    OPENAI_BASE_URL: modelServer.openaiBaseUrl,
    OPENAI_API_KEY: 'bench-key-of-no-vendor',
    OPENAI_MODEL: 'stand-in',
    OPENAI_CONTEXT_WINDOW_TOKENS: '128000',
  };
  say('restarting the worker with the stand-in');
  await environment.restartWorker(standIn);
  figures.push(...(await compare('stand-in', standIn)));
  report('turn', figures);
} finally {
  await bare?.connection.close();
  await modelServer.stop();
  await environment.stop();
}

async function startBare(benchEnvironment) {
  const child = benchEnvironment.spawn('bare-worker', 'bench/src/bare/worker.mjs');
  await new Promise((resolve) => child.once('message', resolve));
  const connection = await Connection.connect({ address: benchEnvironment.env.TEMPORAL_ADDRESS });
  return { connection, client: new Client({ connection }) };
}

async function compare(model, workerEnv) {
  const child = environment.spawn('in-process', 'bench/src/in-process/run.mjs', workerEnv);
  await new Promise((resolve) => child.once('message', resolve));
  const clients = await Promise.all(Array.from({ length: concurrency }, () => ProductClient.connect(environment.apiUrl)));
  const samples = { product: [], productWhole: [], bare: [], inProcess: [] };
  const rates = { product: [], bare: [], inProcess: [] };

  say(`${model}: warming up`);
  // A search costs a new Java virtual machine six times what it costs one that has compiled its code: 31 ms of processor time, then 5.
  await Promise.all(clients.map((client, index) => productLane(client, warmUpTurns, index)));
  await Promise.all(clients.map(() => bareLane(warmUpTurns)));
  await askInProcess(child, warmUpTurns, concurrency);
  await productLane(clients[0], 24, 0);

  for (let number = 1; number <= rounds; number += 1) {
    say(`${model}: round ${number} of ${rounds}`);
    const measured = await productLane(clients[0], turns, number * 3);
    samples.product.push(...measured.map(({ firstDeltaMs }) => firstDeltaMs));
    samples.productWhole.push(...measured.map(({ totalMs }) => totalMs));
    samples.bare.push(...(await bareLane(turns)));
    samples.inProcess.push(...(await askInProcess(child, turns, 1)).measured.map(({ firstDeltaMs }) => firstDeltaMs));

    rates.product.push(await rateOf(concurrency * concurrentTurns, () => Promise.all(clients.map((client, index) => productLane(client, concurrentTurns, index)))));
    rates.bare.push(await rateOf(concurrency * concurrentTurns, () => Promise.all(clients.map(() => bareLane(concurrentTurns)))));
    const { elapsedMs } = await askInProcess(child, concurrentTurns, concurrency);
    rates.inProcess.push((concurrency * concurrentTurns * 1_000) / elapsedMs);
    await delay(200);
  }
  for (const client of clients) client.close();
  await environment.end('in-process');

  const ratio = (share, of, to) => round(share(samples[of]) / share(samples[to]), 2);
  return [
    { name: `${model}: a, first delta, median`, value: round(median(samples.product)), unit: 'ms' },
    { name: `${model}: a, first delta, p95`, value: round(p95(samples.product)), unit: 'ms' },
    { name: `${model}: a, whole turn, median`, value: round(median(samples.productWhole)), unit: 'ms' },
    { name: `${model}: b, bare workflow, median`, value: round(median(samples.bare)), unit: 'ms' },
    { name: `${model}: b, bare workflow, p95`, value: round(p95(samples.bare)), unit: 'ms' },
    { name: `${model}: c, without Temporal, median`, value: round(median(samples.inProcess)), unit: 'ms' },
    { name: `${model}: c, without Temporal, p95`, value: round(p95(samples.inProcess)), unit: 'ms' },
    { name: `${model}: a/b at the median`, value: ratio(median, 'product', 'bare'), unit: '', target: { atMost: 1.5 } },
    { name: `${model}: a/b at p95`, value: ratio(p95, 'product', 'bare'), unit: '', target: { atMost: 2 } },
    { name: `${model}: a/c at the median, the price of durability`, value: ratio(median, 'product', 'inProcess'), unit: '' },
    { name: `${model}: a, turns at concurrency ${concurrency}`, value: round(median(rates.product)), unit: '/s' },
    { name: `${model}: b, workflows at concurrency ${concurrency}`, value: round(median(rates.bare)), unit: '/s' },
    { name: `${model}: c, turns at concurrency ${concurrency}`, value: round(median(rates.inProcess)), unit: '/s' },
    {
      name: `${model}: a as a share of b at concurrency ${concurrency}`,
      value: round((100 * median(rates.product)) / median(rates.bare)),
      unit: '%',
      target: { atLeast: 60 },
    },
  ];
}

async function productLane(client, count, offset) {
  const measured = [];
  let conversationId;
  for (let index = 0; index < count; index += 1) {
    const [personaId, question] = questions[Math.floor((index + offset) / turnsPerConversation) % questions.length];
    if (index % turnsPerConversation === 0) conversationId = await client.createConversation(personaId, { mode: 'educator', format: 'free' });
    measured.push(await client.turn(conversationId, question));
  }
  return measured;
}

async function bareLane(count) {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await bare.client.workflow.execute('bareWorkflow', { taskQueue: 'bench-bare', workflowId: `bare/${randomUUID()}` });
    times.push(performance.now() - start);
  }
  return times;
}

async function askInProcess(child, count, lanes) {
  const answered = new Promise((resolve) => child.once('message', resolve));
  child.send({ count, concurrency: lanes });
  const answer = await answered;
  if (answer.error) throw new Error(answer.error);
  return answer;
}

async function rateOf(count, action) {
  const start = performance.now();
  await action();
  return (count * 1_000) / (performance.now() - start);
}
