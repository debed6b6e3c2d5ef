import type { Translate } from '../../../../i18n/language';
import { numberFormat } from '../../../shared/formats';

/** "12,340". */
export function count(t: Translate, value: number): string {
  return numberFormat(t.locale, {}).format(value);
}

/** What the console counts, by its English word. */
export type Counted = 'candidate' | 'document' | 'failed' | 'file' | 'mention' | 'name' | 'new' | 'passage' | 'text' | 'tie' | 'token' | 'word';

/** "1 document", "12,340 documents". */
export function counted(t: Translate, value: number, what: Counted): string {
  return t(`console.counted.${what}`, { count: value });
}

/** "87 %". @param share 0-1 */
export function percent(t: Translate, share: number): string {
  return numberFormat(t.locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** "0.82", with so many places after the point. */
export function decimal(t: Translate, value: number, places: number): string {
  return numberFormat(t.locale, { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
}

/** "640 B", "12 kB", "3.4 MB". */
export function size(t: Translate, bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${decimal(t, bytes / 1_000, bytes < 10_000 ? 1 : 0)} kB`;
  return `${decimal(t, bytes / 1_000_000, bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** "380 ms", "4.2 s", "3 min 5 s", "2 h 10 min". */
export function duration(t: Translate, milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${decimal(t, seconds, 1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3_600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3_600)} h ${Math.round((rounded % 3_600) / 60)} min`;
}

/** What is left, told no more precisely than it is known: "a few seconds", "about 40 seconds", "about 3 minutes". */
export function timeLeft(t: Translate, seconds: number): string {
  if (seconds < 8) return t('console.left.moments');
  if (seconds <= 50) return t('console.left.seconds', { seconds: Math.ceil(seconds / 10) * 10 });
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return t('console.left.minutes', { minutes });
  return t('console.left.hours', { hours: Math.round(minutes / 60) });
}

/** "14 a second", "2.3 a second", "20 a minute". */
export function rate(t: Translate, documentsPerSecond: number): string {
  if (documentsPerSecond >= 1) return t('console.aSecond', { rate: decimal(t, documentsPerSecond, documentsPerSecond >= 10 ? 0 : 1) });
  return t('console.aMinute', { rate: decimal(t, documentsPerSecond * 60, 0) });
}
