import type { IngestionCounts, IngestionProgress } from '@dramatis/contracts/ingestion';
import type { IngestionRepository } from './ingestion-repository.js';

/** The rate is that of the documents which ended within this time. */
const rateWindowMs = 60_000;
const maxInFlight = 20;

/** Where a run is, from what the database knows. @throws DomainError ingestion_not_found */
export async function readProgress(ingestions: IngestionRepository, ingestionId: string, now = new Date()): Promise<IngestionProgress> {
  const { stage, paused, startedAt } = await ingestions.getRecord(ingestionId);
  const windowMs = Math.min(rateWindowMs, now.getTime() - startedAt.getTime());
  const [{ counts, ended }, inFlight] = await Promise.all([
    ingestions.documents.tally(ingestionId, new Date(now.getTime() - windowMs)),
    ingestions.documents.inFlight(ingestionId, maxInFlight),
  ]);
  return { ingestionId, stage, paused, counts, inFlight, ...rateOf({ counts, ended, windowMs, paused }) };
}

/** At less than these many documents a rate says nothing. */
const fewestForRate = 3;

export function rateOf(seen: { counts: IngestionCounts; ended: number; windowMs: number; paused: boolean }): Pick<IngestionProgress, 'documentsPerSecond' | 'secondsLeft'> {
  const { counts, ended, windowMs, paused } = seen;
  if (ended < fewestForRate || windowMs <= 0 || paused) return { documentsPerSecond: null, secondsLeft: null };
  const perSecond = (ended * 1_000) / windowMs;
  const left = counts.discovered - counts.indexed - counts.unchanged - counts.duplicate - counts.skipped - counts.failed;
  return { documentsPerSecond: Math.round(perSecond * 100) / 100, secondsLeft: Math.ceil(left / perSecond) };
}
