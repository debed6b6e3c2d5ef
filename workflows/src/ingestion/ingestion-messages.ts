import type { IngestionCounts, IngestionProgress, IngestionStage } from '@dramatis/contracts/ingestion';
import { defineQuery, defineSignal, workflowInfo } from '@temporalio/workflow';
import type { Frontier } from './frontier.js';

/** No further document is begun; those on their way end. */
export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
export const progressQuery = defineQuery<IngestionProgress>('progress');

const nothing: IngestionCounts = { discovered: 0, indexed: 0, unchanged: 0, duplicate: 0, skipped: 0, failed: 0, passages: 0 };
/** At less than these many documents a rate says nothing. */
const fewestForRate = 3;

/** Where the run is. The rate is that of this run of the workflow, since it continued last. */
export function progressOf(ingestionId: string, stage: IngestionStage, frontier: Frontier): IngestionProgress {
  const counts = frontier.counts ?? nothing;
  const left = counts.discovered - counts.indexed - counts.unchanged - counts.duplicate - counts.skipped - counts.failed;
  const seconds = (workflowInfo().unsafe.now() - workflowInfo().runStartTime.getTime()) / 1_000;
  const perSecond = frontier.done >= fewestForRate && seconds > 0 && !frontier.paused ? frontier.done / seconds : null;
  return {
    ingestionId,
    stage,
    paused: frontier.paused,
    counts,
    inFlight: frontier.documentsInFlight,
    documentsPerSecond: perSecond === null ? null : Math.round(perSecond * 100) / 100,
    secondsLeft: perSecond === null ? null : Math.ceil(left / perSecond),
  };
}
