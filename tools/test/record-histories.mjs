#!/usr/bin/env node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startStack } from '../stack/stack.mjs';
import { HistoryRecorder } from './histories/recorder.mjs';
import { scenarios } from './histories/scenarios.mjs';

/*
 * Records the histories in workflows/histories, which the replay spec replays, from the built product on real servers:
 * "npm run build && npm run record-histories", when a workflow has changed on purpose: a changed workflow must still replay the
 * old histories as long as turns that began with it may be running.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'dramatis-histories-'));
const stack = await startStack({ dataDir: join(folder, 'servers'), ports: 'free' });
try {
  const recorder = await HistoryRecorder.start({ stack, folder, root });
  try {
    for (const [name, record] of Object.entries(scenarios)) {
      for (const [part, history] of Object.entries(await record(recorder))) {
        const file = `${name}${part === '' ? '' : `-${part}`}.json`;
        writeFileSync(join(root, 'workflows', 'histories', file), `${JSON.stringify(history, null, 1)}\n`);
        process.stdout.write(`${file}: ${history.events.length} events\n`);
      }
      recorder.model.reset();
    }
  } finally {
    await recorder.stop();
  }
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
