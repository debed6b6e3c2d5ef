import type { Translate } from '../../i18n/language';
import { numberFormat } from './formats';

/** "30 seconds", "5 minutes", "2 hours", rounded up. */
export function waitingWords(t: Translate, seconds: number): string {
  const [amount, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5_400 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3_600), 'hour'];
  return numberFormat(t.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
