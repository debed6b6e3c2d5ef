import type { Source, SourceKind, SourceSchedule } from '@dramatis/contracts/source';
import type { Translate } from '../../../../i18n/language';
import { counted } from '../parts/figures';

export const kindOrder: readonly SourceKind[] = ['text', 'upload', 'page', 'sitemap', 'site', 'feed'];

/** What a kind of source is called, and what it takes. */
export function kindWords(t: Translate, kind: SourceKind): { title: string; description: string } {
  return { title: t(`console.kind.${kind}.title`), description: t(`console.kind.${kind}.description`) };
}

const minutesOf = { weeks: 10_080, days: 1_440, hours: 60, minutes: 1 } as const;
const units = Object.keys(minutesOf) as (keyof typeof minutesOf)[];

/** "Every day", "Every 6 hours", "0 6 * * 1 (Europe/London)". */
export function scheduleWords(t: Translate, schedule: SourceSchedule | null): string {
  if (schedule === null) return t('console.byHand');
  if (schedule.kind === 'cron') return `${schedule.cron} (${schedule.timeZone})`;
  const unit = units.find((candidate) => schedule.everyMinutes % minutesOf[candidate] === 0) ?? 'minutes';
  return t(`console.every.${unit}`, { count: schedule.everyMinutes / minutesOf[unit] });
}

/** Where a source of the web looks, in a few words; what it holds otherwise. */
export function whereWords(t: Translate, { settings, kind, documentCount }: Pick<Source, 'settings' | 'kind' | 'documentCount'>): string {
  const [first, ...others] = settings?.urls ?? [];
  if (first === undefined) return counted(t, documentCount, kind === 'upload' ? 'file' : 'text');
  return others.length === 0 ? first : t('console.andOthers', { first, count: others.length });
}
