import type { Translate } from '../../i18n/language';
import { dateFormat, relativeFormat } from './formats';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 hours ago", "yesterday", "just now". @param now milliseconds since the epoch */
export function relativeTime(t: Translate, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1_000;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relativeFormat(t.locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
  }
  return t('app.justNow');
}

/** "22 November 2026 at 14:03", in the reader's time zone. */
export function exactTime(t: Translate, iso: string): string {
  return dateFormat(t.locale, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));
}

/** "22 November 2026", in the reader's time zone. */
export function exactDay(t: Translate, iso: string): string {
  return dateFormat(t.locale, { dateStyle: 'long' }).format(new Date(iso));
}

/** "14:03", in the reader's time zone. */
export function clockTime(t: Translate, iso: string): string {
  return dateFormat(t.locale, { timeStyle: 'short' }).format(new Date(iso));
}

/** Days differ where this differs: a day in the reader's time zone. */
export function dayKey(iso: string): string {
  const date = new Date(iso);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** "Today", "Yesterday", "Monday 22 November", with the year when it is another. @param now milliseconds since the epoch */
export function dayName(t: Translate, iso: string, now: number): string {
  const key = dayKey(iso);
  if (key === dayKey(new Date(now).toISOString())) return t('app.today');
  if (key === dayKey(new Date(now - 86_400_000).toISOString())) return t('app.yesterday');
  const date = new Date(iso);
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(t.locale, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(date);
}
