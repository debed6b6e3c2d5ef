import type { DocumentStep, TimelineEntry } from '@dramatis/contracts/ingestion';
import type { DocumentFields, DocumentNews, DocumentOutcome, DocumentRef, IngestionDocumentRepository } from '@dramatis/database/knowledge/ingestion-document-repository';
import { Context } from '@temporalio/activity';
import { messageOf } from './ingestion-failure.js';

/** Writes down which steps a document went through in one activity, for its timeline, and what became of it: all in one write at the end. */
export class StepLog {
  private readonly entries: TimelineEntry[] = [];
  private fields: DocumentFields = {};
  private outcome: DocumentOutcome | undefined;

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

  /** Stores the fields with the steps. */
  set(fields: DocumentFields): void {
    Object.assign(this.fields, fields);
  }

  /** Ends the document with the activity's work, unless that fails after all. */
  settle(outcome: DocumentOutcome): void {
    this.outcome = outcome;
  }

  /**
   * Runs an activity's work on the document, and stores what came of it, also when it fails. `nextOf` says which step follows, so that
   * the document is seen in it at once.
   */
  async keeping<T>(first: DocumentStep, work: () => Promise<T>, nextOf: (result: T) => DocumentStep | null = () => null): Promise<T> {
    await this.documents.beginStep(this.ref, first);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      // When the database is away, the failure that brought us here is the one that counts.
      await this.documents.record(this.ref, this.happened()).catch(() => undefined);
      throw error;
    }
    const { outcome } = this;
    await this.documents.record(this.ref, { ...this.happened(), ...(outcome && { outcome }) }, nextOf(result) ?? undefined);
    return result;
  }

  private happened(): DocumentNews {
    const last = this.entries.at(-1);
    return { fields: { ...this.fields, ...(last && { step: last.step }) }, timeline: this.entries };
  }
}
