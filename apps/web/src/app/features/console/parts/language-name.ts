import type { Translate } from '../../../../i18n/language';

/** "English" for `en`; the code itself for one that has no name here. */
export function languageName(t: Translate, code: string | null): string {
  if (code === null || code === 'und') return t('console.notKnown');
  try {
    return new Intl.DisplayNames(t.locale, { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code;
  }
}
