import { monotonicMs, readStamps } from '@dramatis/testing/model-server/stamps';
import { startModelServer } from '@dramatis/testing/model-server/model-server';
import { BenchEnvironment, say } from './environment.mjs';
import { ProductClient } from './product-client.mjs';
import { report } from './report.mjs';
import { median, p95, round } from './statistics.mjs';

const turns = 20;
const modelServer = await startModelServer({ behaviour: { chunks: 40, delayMs: 20, stampChunks: true } });
const environment = await BenchEnvironment.start({
  worker: { OPENAI_BASE_URL: modelServer.openaiBaseUrl, OPENAI_API_KEY: 'bench-key-of-no-vendor', OPENAI_MODEL: 'stand-in', OPENAI_CONTEXT_WINDOW_TOKENS: '128000' },
});
try {
  const client = await ProductClient.connect(environment.apiUrl);
  const delays = [];
  for (let index = 0; index < turns; index += 1) {
    const conversationId = await client.createConversation('ada-lovelace', { format: 'free' });
    const seen = [];
    await client.turn(conversationId, 'What is the Analytical Engine?', {}, (event) => {
      if (event.type === 'delta') seen.push(...readStamps(event.text).map((sentAt) => monotonicMs() - sentAt));
    });
    // The first two turns warm up.
    if (index >= 2) delays.push(...seen);
    if (index % 5 === 4) say(`${index + 1} of ${turns} turns`);
  }
  client.close();
  report('delta', [
    { name: 'pieces measured', value: delays.length, unit: '', target: { atLeast: 200 } },
    { name: 'model to client, median', value: round(median(delays)), unit: 'ms' },
    { name: 'model to client, p95', value: round(p95(delays)), unit: 'ms', target: { atMost: 25 } },
  ]);
} finally {
  await modelServer.stop();
  await environment.stop();
}
