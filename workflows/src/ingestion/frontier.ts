import type { PendingDocument } from '@dramatis/activities/ingestion/ingestion-activities';
import type { IngestionCounts, IngestionProgress } from '@dramatis/contracts/ingestion';
import { condition, executeChild, isCancellation, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { ingestDocument } from '../ingest-document.js';
import { codeOf, reasonOf } from './failure-reason.js';
import { ingestionSteps } from './ingestion-steps.js';

export interface FrontierOptions {
  ingestionId: string;
  /** Documents on their way at once. */
  concurrency: number;
  /** Documents that are taken before the workflow continues as new. */
  mostDocuments: number;
}

/** Documents that the database is asked for at once. */
const pageSize = 50;

/**
 * Takes the run's documents one after the other, some at once, until there are none: pages that are fetched add others. It holds only
 * what is on its way; the frontier itself is in the database.
 */
export class Frontier {
  paused = false;
  counts: IngestionCounts | null = null;
  private readonly inFlight = new Map<string, { document: PendingDocument; since: string }>();
  private waiting: PendingDocument[] = [];
  /** Documents that have ended in this run of the workflow. */
  done = 0;
  private taken = 0;
  private mayHaveMore = true;

  constructor(private readonly options: FrontierOptions) {}

  get documentsInFlight(): IngestionProgress['inFlight'] {
    return [...this.inFlight.values()].map(({ document: { documentId, title }, since }) => ({ documentId, title, since }));
  }

  /** Returns whether all documents have ended; else there are more than one run of the workflow takes. */
  async drain(): Promise<boolean> {
    // All of them have ended before this does, also when one fails: nothing may write when the next ingestion begins.
    const lanes = await Promise.allSettled(Array.from({ length: this.options.concurrency }, () => this.takeInTurn()));
    const failed = lanes.find((lane) => lane.status === 'rejected');
    if (failed) throw failed.reason;
    return this.taken < this.options.mostDocuments;
  }

  private async takeInTurn(): Promise<void> {
    for (;;) {
      await condition(() => !this.paused);
      const document = await this.next();
      if (!document) return;
      await this.ingest(document);
    }
  }

  /** The next document; waits while those on their way may still find more. */
  private async next(): Promise<PendingDocument | undefined> {
    for (;;) {
      if (this.taken >= this.options.mostDocuments) return undefined;
      const document = this.waiting.shift();
      if (document) {
        this.taken += 1;
        this.inFlight.set(document.entryId, { document, since: new Date().toISOString() });
        return document;
      }
      if (this.mayHaveMore || this.looking) await this.look();
      else if (this.inFlight.size === 0) return undefined;
      else await condition(() => this.mayHaveMore || this.waiting.length > 0 || this.inFlight.size === 0);
    }
  }

  private looking: Promise<void> | null = null;

  /** One look for all who wait. */
  private look(): Promise<void> {
    this.looking ??= this.list().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async list(): Promise<void> {
    this.mayHaveMore = false;
    const except = [...this.inFlight.keys()];
    const { documents, counts } = await ingestionSteps.listPendingDocuments({ ingestionId: this.options.ingestionId, limit: pageSize, except });
    // What ended while the database was asked is not taken twice.
    this.waiting = documents;
    this.counts = counts;
    if (documents.length === pageSize) this.mayHaveMore = true;
  }

  private async ingest({ entryId, title, fetch }: PendingDocument): Promise<void> {
    const { workflowId, typedSearchAttributes } = workflowInfo();
    const { ingestionId } = this.options;
    try {
      const { found, state, passages } = await executeChild<typeof ingestDocument>('ingestDocument', {
        args: [{ ingestionId, entryId, fetch }],
        workflowId: `${workflowId}/${entryId}`,
        staticSummary: title.slice(0, 200),
        typedSearchAttributes,
      });
      this.count(state, { found, passages });
      if (found > 0) this.mayHaveMore = true;
    } catch (error) {
      if (isCancellation(error)) throw error;
      // An operator has terminated it.
      await ingestionSteps.failDocument({ ingestionId, entryId, reason: reasonOf(error), code: codeOf(error) });
      this.count('failed', { found: 0, passages: 0 });
    } finally {
      this.done += 1;
      this.inFlight.delete(entryId);
    }
  }

  private count(state: Exclude<keyof IngestionCounts, 'discovered' | 'passages'>, more: { found: number; passages: number }): void {
    const { counts } = this;
    if (!counts) return;
    this.counts = { ...counts, [state]: counts[state] + 1, discovered: counts.discovered + more.found, passages: counts.passages + more.passages };
    const done = counts.indexed + counts.unchanged + counts.duplicate + counts.skipped + counts.failed + 1;
    setCurrentDetails(`${done} of ${this.counts.discovered} documents are done.`);
  }
}
