import type { CorpusVersion, CorpusVersionStatus } from '@dramatis/contracts/corpus-version';
import type { TextKey } from '../../../../i18n/scopes';
import type { Tone } from '../parts/status-mark';

export const versionWords: Record<CorpusVersionStatus, { words: TextKey; tone: Tone; meaning: TextKey }> = {
  built: { words: 'versions.waits', tone: 'warn', meaning: 'versions.builtAndCheckedNobodySeesItYet' },
  published: { words: 'versions.published', tone: 'good', meaning: 'versions.whatConversationsUse' },
  retired: { words: 'versions.retired', tone: 'quiet', meaning: 'versions.wasPublishedAndCanBeAgain' },
  collected: { words: 'versions.collected', tone: 'quiet', meaning: 'versions.itsPassagesWereRemovedToSaveRoom' },
  discarded: { words: 'versions.discarded', tone: 'quiet', meaning: 'versions.aLaterRunWasBuiltOnAn' },
};

/** What can be done to make a version the published one; null when nothing can. */
export function moveTo({ version, status }: Pick<CorpusVersion, 'version' | 'status'>, publishedVersion: number): 'publish' | 'roll back' | null {
  if (version === publishedVersion || (status !== 'built' && status !== 'retired')) return null;
  return version < publishedVersion ? 'roll back' : 'publish';
}
