import { parseArgs } from 'node:util';
import { startModelServer } from './model-server.js';

const usage = `Usage: node cli.js [--port 4010] [--host 127.0.0.1] [--chunks 8] [--delay-ms 0] [--first-delay-ms 0] [--stamp]

A stand-in for language model providers. Point ANTHROPIC_BASE_URL and OPENAI_BASE_URL at the addresses it prints.
Faults: curl -X POST <address>/__control/script -d '{"fault":{"kind":"status","status":529}}'
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    chunks: { type: 'string', default: '8' },
    'delay-ms': { type: 'string', default: '0' },
    'first-delay-ms': { type: 'string', default: '0' },
    stamp: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(usage);
} else {
  const server = await startModelServer({
    port: Number(values.port),
    host: values.host,
    behaviour: {
      chunks: Number(values.chunks),
      delayMs: Number(values['delay-ms']),
      firstDelayMs: Number(values['first-delay-ms']),
      stampChunks: values.stamp,
    },
  });
  process.stdout.write(`ANTHROPIC_BASE_URL=${server.anthropicBaseUrl}\nOPENAI_BASE_URL=${server.openaiBaseUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
}
