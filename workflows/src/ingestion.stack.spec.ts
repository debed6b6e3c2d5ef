import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FinishIngestionInput, IngestionActivities, PreparedDocument } from '@dramatis/activities/ingestion/ingestion-activities';
import { Client, Connection, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { ingestion } from './ingestion.js';

const address = process.env['TEMPORAL_ADDRESS']!;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Activities that play an ingestion of some documents and write down what happened. */
class PlayedActivities implements IngestionActivities {
  readonly prepared: string[] = [];
  readonly completed: string[] = [];
  readonly failed: Record<string, string> = {};
  readonly endings: FinishIngestionInput[] = [];
  readonly limits: number[] = [];
  published = 0;
  atOnce = 0;
  mostAtOnce = 0;
  faults = new Map<string, Error>();
  whileIndexing: () => Promise<void> = async () => {};

  constructor(private readonly documents: number) {}

  beginIngestion: IngestionActivities['beginIngestion'] = async () => {
    this.play('beginIngestion');
    return { personaId: 'ada', sourceId: 's', targetVersion: 1, discovered: this.documents };
  };

  closeMissingDocuments: IngestionActivities['closeMissingDocuments'] = async () => ({ closed: 0 });

  listPendingDocuments: IngestionActivities['listPendingDocuments'] = async ({ afterOrdinal, limit }) => {
    this.limits.push(limit);
    const ordinals = Array.from({ length: this.documents }, (_, ordinal) => ordinal).filter((ordinal) => ordinal > afterOrdinal);
    return { documents: ordinals.slice(0, limit).map((ordinal) => ({ documentId: `d${ordinal}`, title: `Document ${ordinal}`, ordinal })) };
  };

  prepareDocument: IngestionActivities['prepareDocument'] = async ({ documentId }): Promise<PreparedDocument> => {
    this.play(documentId);
    this.prepared.push(documentId);
    return { state: 'prepared', revisionId: documentId, passages: 1 };
  };

  indexRevision: IngestionActivities['indexRevision'] = async () => {
    this.mostAtOnce = Math.max(this.mostAtOnce, (this.atOnce += 1));
    try {
      await pause(20);
      await this.whileIndexing();
    } finally {
      this.atOnce -= 1;
    }
    return { indexed: 1 };
  };

  completeDocument: IngestionActivities['completeDocument'] = async ({ documentId }) => {
    this.completed.push(documentId);
  };

  failDocument: IngestionActivities['failDocument'] = async ({ documentId, reason }) => {
    this.failed[documentId] = reason;
  };

  checkCorpus: IngestionActivities['checkCorpus'] = async () => {
    this.play('checkCorpus');
    return { changed: true, documents: this.completed.length, passages: this.completed.length };
  };

  publishCorpus: IngestionActivities['publishCorpus'] = async () => {
    this.play('publishCorpus');
    this.published += 1;
    return { corpusVersion: 1 };
  };

  finishIngestion: IngestionActivities['finishIngestion'] = async (input) => {
    this.endings.push(input);
  };

  private play(step: string): void {
    const fault = this.faults.get(step);
    if (fault) throw fault;
  }
}

let connection: Connection;
let native: NativeConnection;
let client: Client;
let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  connection = await Connection.connect({ address });
  native = await NativeConnection.connect({ address });
  client = new Client({ connection });
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./index.ts', import.meta.url)),
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
  });
}, 60_000);

afterAll(async () => {
  await connection.close();
  await native.close();
});

/** Runs an ingestion to its end; what `meanwhile` does happens beside it. */
async function play(activities: PlayedActivities, meanwhile: (handle: WorkflowHandle<typeof ingestion>) => Promise<void> = async () => {}, documentsPerRun?: number) {
  const taskQueue = `spec-${randomUUID()}`;
  const implementations = Object.fromEntries(Object.entries(activities).filter(([, value]) => typeof value === 'function'));
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle, activities: implementations });
  return worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof ingestion>('ingestion', {
      taskQueue,
      workflowId: `spec/${randomUUID()}`,
      args: [documentsPerRun === undefined ? { ingestionId: 'i' } : { ingestionId: 'i', documentsPerRun }],
    });
    await meanwhile(handle);
    return handle.result().then(
      ({ corpusVersion }) => ({ handle, corpusVersion, error: undefined }),
      (error: unknown) => ({ handle, corpusVersion: undefined, error }),
    );
  });
}

const permanent = (message: string) => ApplicationFailure.nonRetryable(message, 'spec');

describe('ingestion', () => {
  it('brings in each document once, some at once but not all, and publishes once', async () => {
    const activities = new PlayedActivities(12);
    const { corpusVersion } = await play(activities);
    expect(corpusVersion).toBe(1);
    expect([...activities.completed].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `d${i}`).sort());
    expect(activities.mostAtOnce).toBeGreaterThan(1);
    expect(activities.mostAtOnce).toBeLessThanOrEqual(4);
    expect(activities.published).toBe(1);
    expect(activities.endings).toEqual([{ ingestionId: 'i', status: 'completed', corpusVersion: 1 }]);
  });

  it('continues as new over many documents, and begins and ends once', async () => {
    const activities = new PlayedActivities(7);
    const { handle } = await play(activities, undefined, 3);
    expect(new Set(activities.completed).size).toBe(7);
    expect(activities.limits).toEqual([3, 3, 3]);
    expect(activities.endings).toHaveLength(1);
    const { events } = await client.workflow.getHandle(handle.workflowId).fetchHistory();
    expect(events![0]!.workflowExecutionStartedEventAttributes!.continuedExecutionRunId).not.toBe('');
  });

  it('records a document that cannot be brought in, and goes on', async () => {
    const activities = new PlayedActivities(3);
    activities.faults.set('d1', permanent('no such object'));
    const { corpusVersion } = await play(activities);
    expect(corpusVersion).toBe(1);
    expect(activities.failed).toEqual({ d1: 'no such object' });
    expect([...activities.completed].sort()).toEqual(['d0', 'd2']);
  });

  it.each(['beginIngestion', 'checkCorpus', 'publishCorpus'])('fails with the reason when %s cannot be done, and publishes nothing', async (step) => {
    const activities = new PlayedActivities(2);
    activities.faults.set(step, permanent(`${step} is impossible`));
    const { error } = await play(activities);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(activities.published).toBe(0);
    expect(activities.endings).toEqual([{ ingestionId: 'i', status: 'failed', failure: `${step} is impossible` }]);
  });

  it('records its cancellation only when nothing writes any more', async () => {
    const activities = new PlayedActivities(6);
    const { promise: indexing, resolve: reached } = Promise.withResolvers<void>();
    const atTheEnd: number[] = [];
    activities.whileIndexing = async () => {
      reached();
      await pause(300);
    };
    const finish = activities.finishIngestion;
    activities.finishIngestion = async (input) => {
      atTheEnd.push(activities.atOnce);
      await finish(input);
    };
    const { error } = await play(activities, async (handle) => {
      await indexing;
      await handle.cancel();
    });
    expect(error).toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(activities.endings).toEqual([{ ingestionId: 'i', status: 'cancelled' }]);
    expect(atTheEnd).toEqual([0]);
    expect(activities.published).toBe(0);
  });
});
