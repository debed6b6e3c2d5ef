import type { Translate } from '../../../../i18n/language';

/** Why something was not brought in or not completed: as the server stored it in English, in other languages by its code. */
export function reasonWords(t: Translate, { reason, code }: { reason: string | null; code?: string | null | undefined }): string {
  if (reason === null) return '';
  return code ? t.said({ key: `reasons.${code}` }, reason) : reason;
}
