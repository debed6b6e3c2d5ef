import { parseArgs } from 'node:util';
import { BenchEnvironment, say } from './environment.mjs';
import { ProductClient } from './product-client.mjs';
import { questions, turnsPerConversation } from './questions.mjs';
import { report } from './report.mjs';
import { median, round, slope } from './statistics.mjs';

const { values: options } = parseArgs({
  options: { turns: { type: 'string', default: '2000' }, settled: { type: 'string', default: '500' }, concurrency: { type: 'string', default: '10' } },
});
const [turns, settled, concurrency] = [options.turns, options.settled, options.concurrency].map(Number);
/** Growth that is still flat, in percent of the memory after the first turns. */
const flatPercent = 10;
const sampleEvery = 25;

const environment = await BenchEnvironment.start();
try {
  const clients = await Promise.all(Array.from({ length: concurrency }, () => ProductClient.connect(environment.apiUrl)));
  const samples = { worker: [], api: [] };
  let done = 0;
  await Promise.all(
    clients.map(async (client, lane) => {
      let conversationId;
      for (let index = 0; done < turns; index += 1) {
        const [personaId, question] = questions[Math.floor(index / turnsPerConversation + lane) % questions.length];
        if (index % turnsPerConversation === 0) conversationId = await client.createConversation(personaId);
        await client.turn(conversationId, question);
        done += 1;
        if (done % sampleEvery === 0) {
          for (const name of ['worker', 'api']) samples[name].push([done, (await environment.residentBytes(name)) / 2 ** 20]);
        }
        if (done % 250 === 0) say(`${done} turns, worker ${Math.round(samples.worker.at(-1)[1])} MB, API ${Math.round(samples.api.at(-1)[1])} MB`);
      }
    }),
  );
  for (const client of clients) client.close();
  report(
    'memory',
    ['worker', 'api'].flatMap((name) => {
      const after = samples[name].filter(([turn]) => turn > settled);
      const quarter = Math.max(1, Math.floor(after.length / 4));
      const early = median(after.slice(0, quarter).map(([, megabytes]) => megabytes));
      const late = median(after.slice(-quarter).map(([, megabytes]) => megabytes));
      return [
        { name: `${name}: resident after ${settled} turns`, value: round(early), unit: 'MB' },
        { name: `${name}: resident after ${turns} turns`, value: round(late), unit: 'MB' },
        { name: `${name}: slope after ${settled} turns`, value: round(slope(after) * 1_000), unit: 'MB per 1,000 turns' },
        { name: `${name}: growth`, value: round((100 * (late - early)) / early), unit: '%', target: { atMost: flatPercent } },
      ];
    }),
  );
} finally {
  await environment.stop();
}
