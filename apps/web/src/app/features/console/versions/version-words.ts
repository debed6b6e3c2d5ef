import type { CorpusVersion, CorpusVersionStatus } from '@dramatis/contracts/corpus-version';
import type { Tone } from '../parts/status-mark';

export const versionWords: Record<CorpusVersionStatus, { words: string; tone: Tone; meaning: string }> = {
  built: { words: 'Waits', tone: 'warn', meaning: 'Built and checked; nobody sees it yet' },
  published: { words: 'Published', tone: 'good', meaning: 'What conversations use' },
  retired: { words: 'Retired', tone: 'quiet', meaning: 'Was published, and can be again' },
  collected: { words: 'Collected', tone: 'quiet', meaning: 'Its passages were removed to save room' },
  discarded: { words: 'Discarded', tone: 'quiet', meaning: 'A later run was built on an earlier version instead' },
};

/** What can be done to make a version the published one; null when nothing can. */
export function moveTo({ version, status }: Pick<CorpusVersion, 'version' | 'status'>, publishedVersion: number): 'publish' | 'roll back' | null {
  if (version === publishedVersion || (status !== 'built' && status !== 'retired')) return null;
  return version < publishedVersion ? 'roll back' : 'publish';
}
