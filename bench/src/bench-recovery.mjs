import { setTimeout as delay } from 'node:timers/promises';
import { startModelServer } from '@dramatis/testing/model-server/model-server';
import { BenchEnvironment, say } from './environment.mjs';
import { ProductClient } from './product-client.mjs';
import { report } from './report.mjs';
import { median, round } from './statistics.mjs';

const trials = 5;
const modelServer = await startModelServer({ behaviour: { chunks: 60, delayMs: 50 } });
const standIn = { OPENAI_BASE_URL: modelServer.openaiBaseUrl, OPENAI_API_KEY: 'bench-key-of-no-vendor', OPENAI_MODEL: 'stand-in', OPENAI_CONTEXT_WINDOW_TOKENS: '128000' };
const environment = await BenchEnvironment.start({ worker: standIn });
try {
  const client = await ProductClient.connect(environment.apiUrl);
  const recoveries = [];
  for (let trial = 1; trial <= trials; trial += 1) {
    const conversationId = await client.createConversation('charles-darwin', { format: 'free' });
    let killedAt = null;
    let recoveredMs = null;
    let deltas = 0;
    await client.turn(conversationId, 'Why did you wait so long before you published?', {}, (event) => {
      if (event.type !== 'delta') return;
      deltas += 1;
      if (deltas === 5 && killedAt === null) {
        killedAt = performance.now();
        // A supervisor starts another one at once.
        void environment.end('worker', 'SIGKILL').then(() => environment.spawn('worker', 'apps/worker/dist/main.js', standIn));
      } else if (killedAt !== null && event.attempt > 1) {
        recoveredMs ??= performance.now() - killedAt;
      }
    });
    recoveries.push(recoveredMs);
    say(`trial ${trial}: first delta of the next attempt after ${Math.round(recoveredMs)} ms`);
    await delay(1_000);
  }
  client.close();
  report('recovery', [
    { name: 'worker killed to first new delta, median', value: round(median(recoveries) / 1_000, 2), unit: 's' },
    { name: 'worker killed to first new delta, longest', value: round(Math.max(...recoveries) / 1_000, 2), unit: 's', target: { atMost: 10 } },
  ]);
} finally {
  await modelServer.stop();
  await environment.stop();
}
