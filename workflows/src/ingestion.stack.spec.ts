import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FinishIngestionInput, IngestionActivities, OpenedIngestion, PreparedDocument } from '@dramatis/activities/ingestion/ingestion-activities';
import { Client, Connection, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { ingestion } from './ingestion.js';
import type { scheduledIngestion, ScheduledIngestionInput } from './scheduled-ingestion.js';
import { pauseSignal, progressQuery, resumeSignal } from './ingestion/ingestion-messages.js';

const address = process.env['TEMPORAL_ADDRESS']!;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Activities that play an ingestion of some documents and write down what happened. */
class PlayedActivities implements IngestionActivities {
  readonly prepared: string[] = [];
  readonly completed: string[] = [];
  readonly failed: Record<string, string> = {};
  readonly described: string[] = [];
  readonly undescribed: Record<string, string> = {};
  /** Whether a language model describes documents. */
  describes = false;
  readonly endings: FinishIngestionInput[] = [];
  readonly ended = new Set<string>();
  readonly opened: OpenedIngestion[] = [];
  publish: 'automatic' | 'manual' = 'automatic';
  /** One more than the pages that link to another; 0 when nothing is of the web. */
  links = 0;
  published = 0;
  atOnce = 0;
  mostAtOnce = 0;
  faults = new Map<string, Error>();
  whileIndexing: () => Promise<void> = async () => {};

  constructor(private documents: number) {}

  openIngestion: IngestionActivities['openIngestion'] = async () => {
    this.play('openIngestion');
    return this.opened.shift() ?? { ingestionId: `i-${randomUUID()}`, reason: null };
  };

  beginIngestion: IngestionActivities['beginIngestion'] = async () => {
    this.play('beginIngestion');
    return { personaId: 'ada', sourceId: 's', targetVersion: 1 };
  };

  discoverDocuments: IngestionActivities['discoverDocuments'] = async () => ({ found: this.documents });

  closeMissingDocuments: IngestionActivities['closeMissingDocuments'] = async () => ({ closed: 0 });

  listPendingDocuments: IngestionActivities['listPendingDocuments'] = async ({ limit, except }) => {
    const left = Array.from({ length: this.documents }, (_, ordinal) => `d${ordinal}`).filter((id) => !this.ended.has(id) && !except.includes(id));
    const documents = left.slice(0, limit).map((entryId) => ({ entryId, documentId: entryId, title: entryId, fetch: this.links > 0 }));
    const counts = { discovered: this.documents, indexed: this.completed.length, unchanged: 0, duplicate: 0, skipped: 0, failed: Object.keys(this.failed).length, passages: 0 };
    return { documents, counts };
  };

  /** Each of the first pages links to one that is not known yet. */
  fetchDocument: IngestionActivities['fetchDocument'] = async () => {
    if (this.links === 1) return { state: 'fetched', found: 0 };
    this.links -= 1;
    this.documents += 1;
    return { state: 'fetched', found: 1 };
  };

  prepareDocument: IngestionActivities['prepareDocument'] = async ({ entryId }): Promise<PreparedDocument> => {
    this.play(entryId);
    this.prepared.push(entryId);
    return { state: 'prepared', revisionId: entryId, passages: 1, ...(this.describes ? { describe: entryId } : {}) };
  };

  indexRevision: IngestionActivities['indexRevision'] = async ({ entryId }) => {
    this.mostAtOnce = Math.max(this.mostAtOnce, (this.atOnce += 1));
    try {
      await pause(20);
      await this.whileIndexing();
    } finally {
      this.atOnce -= 1;
    }
    this.completed.push(entryId);
    this.ended.add(entryId);
    return { indexed: 1 };
  };

  failDocument: IngestionActivities['failDocument'] = async ({ entryId, reason }) => {
    this.failed[entryId] = reason;
    this.ended.add(entryId);
  };

  describeRevision: IngestionActivities['describeRevision'] = async ({ revisionId }) => {
    this.play('describeRevision');
    this.described.push(revisionId);
    return { calls: 1 };
  };

  leaveUndescribed: IngestionActivities['leaveUndescribed'] = async ({ revisionId, code }) => {
    this.undescribed[revisionId] = code;
  };

  removeKnowledge: IngestionActivities['removeKnowledge'] = async () => ({ passages: 0 });

  checkCorpus: IngestionActivities['checkCorpus'] = async () => {
    this.play('checkCorpus');
    return { changed: true, documents: this.completed.length, passages: this.completed.length, publish: this.publish };
  };

  publishCorpus: IngestionActivities['publishCorpus'] = async () => {
    this.play('publishCorpus');
    this.published += 1;
    return { corpusVersion: 1, personaId: 'ada' };
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

  it('has documents described before they are embedded, where that is wanted, and goes on without', async () => {
    const activities = new PlayedActivities(2);
    activities.describes = true;
    activities.indexRevision = async ({ entryId, revisionId }) => {
      expect(activities.described).toContain(revisionId);
      activities.completed.push(entryId);
      activities.ended.add(entryId);
      return { indexed: 1 };
    };
    await play(activities);
    expect([[...activities.described].sort(), activities.undescribed]).toEqual([['d0', 'd1'], {}]);

    const failing = new PlayedActivities(2);
    failing.describes = true;
    failing.faults.set('describeRevision', ApplicationFailure.nonRetryable('it declined to answer', 'refused'));
    const { corpusVersion } = await play(failing);
    expect([corpusVersion, failing.failed, failing.undescribed]).toEqual([1, {}, { d0: 'refused', d1: 'refused' }]);
  });

  it.each(['beginIngestion', 'checkCorpus', 'publishCorpus'])('fails with the reason when %s cannot be done, and publishes nothing', async (step) => {
    const activities = new PlayedActivities(2);
    activities.faults.set(step, permanent(`${step} is impossible`));
    const { error } = await play(activities);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(activities.published).toBe(0);
    expect(activities.endings).toEqual([{ ingestionId: 'i', status: 'failed', failure: `${step} is impossible`, failureCode: expect.any(String) }]);
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

  it('takes pages that other pages lead to', async () => {
    const activities = new PlayedActivities(1);
    activities.links = 4;
    await play(activities);
    expect([...activities.completed].sort()).toEqual(['d0', 'd1', 'd2', 'd3']);
  });

  it('begins nothing while it is paused, tells where it is, and goes on', async () => {
    const activities = new PlayedActivities(10);
    const { promise: indexing, resolve: reached } = Promise.withResolvers<void>();
    activities.whileIndexing = async () => reached();
    const { corpusVersion } = await play(activities, async (handle) => {
      await indexing;
      await handle.signal(pauseSignal);
      const quiet = async () => (await handle.query(progressQuery)).inFlight.length === 0;
      while (!(await quiet())) await pause(20);
      const before = activities.completed.length;
      await pause(200);
      expect(activities.completed).toHaveLength(before);
      expect(before).toBeLessThan(10);
      expect(await handle.query(progressQuery)).toMatchObject({ stage: 'processing', paused: true, counts: { discovered: 10, indexed: before }, secondsLeft: null });
      await handle.signal(resumeSignal);
    });
    expect(corpusVersion).toBe(1);
    expect(new Set(activities.completed).size).toBe(10);
  });

  it('leaves a version that it may not publish waiting', async () => {
    const activities = new PlayedActivities(1);
    activities.publish = 'manual';
    const { corpusVersion } = await play(activities);
    expect(corpusVersion).toBeNull();
    expect([activities.published, activities.endings]).toEqual([0, [{ ingestionId: 'i', status: 'completed' }]]);
  });
});

describe('scheduledIngestion', () => {
  const scheduled = async (activities: PlayedActivities, more: Partial<ScheduledIngestionInput> = {}) => {
    const taskQueue = `spec-${randomUUID()}`;
    const implementations = Object.fromEntries(Object.entries(activities).filter(([, value]) => typeof value === 'function'));
    const worker = await Worker.create({ connection: native, taskQueue, workflowBundle, activities: implementations });
    return worker.runUntil(() => client.workflow.execute<typeof scheduledIngestion>('scheduledIngestion', { taskQueue, workflowId: `spec/${randomUUID()}`, args: [{ sourceId: 's', tries: 1, ...more }] }));
  };

  it('runs the ingestion that it opened', async () => {
    const activities = new PlayedActivities(2);
    expect(await scheduled(activities)).toMatchObject({ ingestionId: expect.any(String), reason: null });
    expect(activities.endings).toMatchObject([{ status: 'completed' }]);
  });

  it('is left out cleanly when the persona stays busy', async () => {
    const activities = new PlayedActivities(2);
    activities.opened.push({ ingestionId: null, reason: 'busy' });
    expect(await scheduled(activities)).toEqual({ ingestionId: null, reason: 'busy' });
    expect(activities.completed).toEqual([]);
  });

  it('waits for a busy persona, and goes on with the sources that follow, whatever became of those before', async () => {
    const activities = new PlayedActivities(1);
    const asked: string[] = [];
    const { openIngestion } = activities;
    activities.opened.push({ ingestionId: null, reason: 'busy' }, { ingestionId: `i-${randomUUID()}`, reason: null }, { ingestionId: null, reason: 'The source is gone.' });
    activities.openIngestion = async (input) => (asked.push(input.sourceId), openIngestion(input));
    const result = await scheduled(activities, { then: ['gone', 'last'], tries: 2, firstPauseSeconds: 0.1 });
    expect(asked).toEqual(['s', 's', 'gone', 'last']);
    expect(result).toMatchObject({ ingestionId: expect.any(String), reason: null });
    expect(activities.endings).toHaveLength(2);
  });
});
