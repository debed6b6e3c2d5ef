import type { IngestionEventBody } from '@dramatis/contracts/ingestion';
import { readProgress } from '@dramatis/database/knowledge/ingestion-progress';
import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';

/** Where events of a run go. */
export interface IngestionEventSink {
  append(ingestionId: string, event: IngestionEventBody): Promise<unknown>;
}

export interface ProgressReporter {
  /** Says that something has changed in a run; readers hear of it soon. */
  changed(ingestionId: string): void;
  /** Tells readers that the run has ended. */
  ended(ingestionId: string): Promise<void>;
  /** Resolves when what was begun is done. */
  close(): Promise<void>;
}

/** How often the readers of one run are told, in milliseconds. */
const intervalMs = 700;
const maxIntervalMs = 15_000;
/** Counting what a run has done takes the longer the more it has. It may take this share of the time. */
const mostOfTime = 1 / 20;

/**
 * Tells how runs get on, each at most a little more often than once a second however fast its documents are, and more seldom when its
 * documents are many. What it tells is read from the database, so that any worker tells the same. Readers are told at best: an outage of
 * the events stops no run.
 */
export function createProgressReporter(ingestions: IngestionRepository, sink: IngestionEventSink, onError: (error: Error) => void): ProgressReporter {
  const waiting = new Map<string, NodeJS.Timeout>();
  const reporting = new Set<Promise<void>>();
  let lastTookMs = 0;

  async function report(ingestionId: string): Promise<void> {
    const start = performance.now();
    try {
      const progress = await readProgress(ingestions, ingestionId);
      lastTookMs = performance.now() - start;
      if (progress.stage !== 'ended') await sink.append(ingestionId, { type: 'progress', progress });
    } catch (error) {
      onError(error as Error);
    }
  }

  function begin(work: Promise<void>): Promise<void> {
    reporting.add(work);
    return work.finally(() => reporting.delete(work));
  }

  return {
    changed(ingestionId) {
      if (waiting.has(ingestionId)) return;
      const timer = setTimeout(() => {
        waiting.delete(ingestionId);
        void begin(report(ingestionId));
      }, Math.min(maxIntervalMs, Math.max(intervalMs, lastTookMs / mostOfTime)));
      timer.unref();
      waiting.set(ingestionId, timer);
    },
    async ended(ingestionId) {
      clearTimeout(waiting.get(ingestionId));
      waiting.delete(ingestionId);
      const tell = async (): Promise<void> => {
        await sink.append(ingestionId, { type: 'ended', ingestion: await ingestions.get(ingestionId) });
      };
      await begin(tell().catch((error: unknown) => onError(error as Error)));
    },
    async close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.all(reporting);
    },
  };
}
