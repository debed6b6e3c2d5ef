import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import * as workflows from './index.js';

const folder = new URL('../histories/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

interface RecordedHistory {
  events: { workflowExecutionStartedEventAttributes?: { workflowId: string; workflowType: { name: string } } }[];
}

const read = (file: string): RecordedHistory => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RecordedHistory;
const startOf = (history: RecordedHistory) => history.events[0]?.workflowExecutionStartedEventAttributes;

async function bundle(file: string): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(file, import.meta.url)),
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
  });
}

async function replay(file: string, workflowBundle: WorkflowBundle): Promise<void> {
  const history = read(file);
  // Children's ids are made from their parent's.
  await Worker.runReplayHistory({ workflowBundle }, history, startOf(history)?.workflowId);
}

describe('recorded histories', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    workflowBundle = await bundle('./index.ts');
  });

  it('are there of every workflow', () => {
    const recorded = new Set(files.map((file) => startOf(read(file))?.workflowType.name));
    expect([...recorded].sort()).toEqual(Object.keys(workflows).sort());
  });

  it.each(files)('%s replays', async (file) => {
    await replay(file, workflowBundle);
  });
});

describe('a workflow that was changed', () => {
  it.each(files.filter((file) => file.startsWith('turn-')))('does not replay %s', async (file) => {
    await expect(replay(file, await changed())).rejects.toThrow(DeterminismViolationError);
  });

  let bundled: Promise<WorkflowBundle> | undefined;
  const changed = (): Promise<WorkflowBundle> => (bundled ??= bundle('./changed-turn.fixture.ts'));
});
