import type { DocumentStep, TimelineEntry } from '@dramatis/contracts/ingestion';
import type { DocumentRef, IngestionDocumentRepository } from '@dramatis/database/knowledge/ingestion-document-repository';
import { Context } from '@temporalio/activity';
import { messageOf } from './ingestion-failure.js';

/** Writes down which steps a document went through in one activity, for its timeline. */
export class StepLog {
  private readonly entries: TimelineEntry[] = [];

  constructor(
    private readonly documents: IngestionDocumentRepository,
    private readonly ref: DocumentRef,
  ) {}

  /** Does one step. `noteOf` says what came of it, such as `14 passages`. */
  async step<T>(step: DocumentStep, work: () => Promise<T> | T, noteOf: (result: T) => string | null = () => null): Promise<T> {
    const { attempt } = Context.current().info;
    const entry: TimelineEntry = { step, attempt, startedAt: new Date().toISOString(), endedAt: null, outcome: 'done', note: null };
    this.entries.push(entry);
    try {
      const result = await work();
      entry.note = noteOf(result);
      return result;
    } catch (error) {
      entry.outcome = 'failed';
      entry.note = messageOf(error);
      throw error;
    } finally {
      entry.endedAt = new Date().toISOString();
    }
  }

  /** Runs an activity's work on the document, and stores the steps that it took, also when it fails. */
  async keeping<T>(first: DocumentStep, work: () => Promise<T>): Promise<T> {
    await this.documents.beginStep(this.ref, first);
    try {
      return await work();
    } finally {
      const last = this.entries.at(-1);
      // When the database is away, the failure that brought us here is the one that counts.
      if (last) await this.documents.record(this.ref, { step: last.step }, this.entries).catch(() => undefined);
    }
  }
}
