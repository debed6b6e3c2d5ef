import type { Ingestion, DocumentState } from '@dramatis/contracts/ingestion';
import type { Translate } from '../../../../i18n/language';
import type { Tone } from '../parts/status-mark';

export const stateTones: Record<DocumentState, Tone> = { indexed: 'good', unchanged: 'quiet', duplicate: 'quiet', skipped: 'warn', failed: 'bad' };

type Run = Pick<Ingestion, 'status' | 'paused' | 'stage' | 'builtVersion' | 'corpusVersion' | 'counts'>;

/** The state of a run in a word or two, with its tone. */
export function runState(t: Translate, { status, paused, stage, builtVersion, corpusVersion, counts }: Run): { words: string; tone: Tone } {
  switch (status) {
    case 'running':
      return paused ? { words: t('console.paused'), tone: 'quiet' } : { words: t(`console.stage.${stage}`), tone: 'busy' };
    case 'failed':
      return { words: t('console.failed'), tone: 'bad' };
    case 'cancelled':
      return { words: t('console.runState.cancelled'), tone: 'quiet' };
    case 'completed':
      if (builtVersion !== null && corpusVersion === null) return { words: t('console.runState.waits'), tone: 'warn' };
      return counts.failed > 0 ? { words: t('console.runState.someFailed'), tone: 'warn' } : { words: t('console.runState.completed'), tone: 'good' };
  }
}

/** Documents that have come to an end, of those found. */
export function settled({ indexed, unchanged, duplicate, skipped, failed }: Ingestion['counts']): number {
  return indexed + unchanged + duplicate + skipped + failed;
}
