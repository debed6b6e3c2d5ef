import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';

const folder = new URL('../histories/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

interface RecordedHistory {
  events: { workflowExecutionStartedEventAttributes?: { workflowId: string } }[];
}

async function bundle(file: string): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(file, import.meta.url)),
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
  });
}

async function replay(file: string, workflowBundle: WorkflowBundle): Promise<void> {
  const history = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RecordedHistory;
  // Children's ids are made from their parent's.
  const workflowId = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
}

describe('recorded histories', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    workflowBundle = await bundle('./index.ts');
  });

  it('cover how a turn and an ingestion can go', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
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
