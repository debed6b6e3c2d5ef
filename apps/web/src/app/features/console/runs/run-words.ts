import type { DocumentState, DocumentStep, Ingestion, IngestionStage, IngestionTrigger } from '@dramatis/contracts/ingestion';
import type { Tone } from '../parts/status-mark';

export const stageWords: Record<IngestionStage, string> = {
  waiting: 'Waiting to begin',
  discovering: 'Finding documents',
  processing: 'Taking in documents',
  checking: 'Checking the version',
  publishing: 'Publishing',
  ended: 'Ended',
};

export const triggerWords: Record<IngestionTrigger, string> = { manual: 'By hand', schedule: 'By schedule', retry: 'Retry of what failed' };

export const stateWords: Record<DocumentState, string> = {
  indexed: 'Taken in',
  unchanged: 'Unchanged',
  duplicate: 'Duplicate',
  skipped: 'Left out',
  failed: 'Failed',
};

export const stateTones: Record<DocumentState, Tone> = { indexed: 'good', unchanged: 'quiet', duplicate: 'quiet', skipped: 'warn', failed: 'bad' };

export const stepWords: Record<DocumentStep, string> = {
  fetch: 'Fetch',
  extract: 'Extract the text',
  compare: 'Compare with the corpus',
  enrich: 'Language, names, summary',
  embed: 'Embed the passages',
  index: 'Index the passages',
};

/** The state of a run in a word or two, with its tone. */
export function runState({ status, paused, stage, builtVersion, corpusVersion, counts }: Pick<Ingestion, 'status' | 'paused' | 'stage' | 'builtVersion' | 'corpusVersion' | 'counts'>): {
  words: string;
  tone: Tone;
} {
  switch (status) {
    case 'running':
      return paused ? { words: 'Paused', tone: 'quiet' } : { words: stageWords[stage], tone: 'busy' };
    case 'failed':
      return { words: 'Failed', tone: 'bad' };
    case 'cancelled':
      return { words: 'Cancelled', tone: 'quiet' };
    case 'completed':
      if (builtVersion !== null && corpusVersion === null) return { words: 'Waits to be published', tone: 'warn' };
      return counts.failed > 0 ? { words: 'Completed, some failed', tone: 'warn' } : { words: 'Completed', tone: 'good' };
  }
}

/** Documents that have come to an end, of those found. */
export function settled({ indexed, unchanged, duplicate, skipped, failed }: Ingestion['counts']): number {
  return indexed + unchanged + duplicate + skipped + failed;
}
