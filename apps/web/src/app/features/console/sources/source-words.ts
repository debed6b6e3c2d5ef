import type { Source, SourceKind, SourceSchedule } from '@dramatis/contracts/source';
import { counted } from '../parts/figures';

export const kindWords: Record<SourceKind, { title: string; description: string }> = {
  text: { title: 'Pasted text', description: 'One or more texts, typed or pasted here.' },
  upload: { title: 'Files', description: 'Text, Markdown, HTML, PDF, Word, EPUB, transcripts in JSON, and subtitles.' },
  page: { title: 'Pages', description: 'Single pages of the web, by their addresses.' },
  sitemap: { title: 'Sitemap', description: 'All pages that a site’s own list names.' },
  site: { title: 'Site', description: 'Pages found by following links, within limits.' },
  feed: { title: 'Feed', description: 'The entries of an RSS or Atom feed.' },
};

export const kindOrder: readonly SourceKind[] = ['text', 'upload', 'page', 'sitemap', 'site', 'feed'];

const minutesOf = { hour: 60, day: 1_440, week: 10_080 };

/** "Every day", "Every 6 hours", "0 6 * * 1 (Europe/London)". */
export function scheduleWords(schedule: SourceSchedule | null): string {
  if (schedule === null) return 'By hand';
  if (schedule.kind === 'cron') return `${schedule.cron} (${schedule.timeZone})`;
  const { everyMinutes } = schedule;
  for (const [unit, minutes] of Object.entries(minutesOf).reverse()) {
    if (everyMinutes % minutes === 0) return everyMinutes === minutes ? `Every ${unit}` : `Every ${everyMinutes / minutes} ${unit}s`;
  }
  return `Every ${counted(everyMinutes, 'minute')}`;
}

/** Where a source of the web looks, in a few words; what it holds otherwise. */
export function whereWords({ settings, kind, documentCount }: Pick<Source, 'settings' | 'kind' | 'documentCount'>): string {
  const [first, ...others] = settings?.urls ?? [];
  if (first === undefined) return counted(documentCount, kind === 'upload' ? 'file' : 'text');
  return others.length === 0 ? first : `${first} and ${counted(others.length, 'other')}`;
}
