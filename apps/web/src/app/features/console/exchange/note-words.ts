import type { ImportNote } from '@dramatis/contracts/persona-import';
import type { Translate } from '../../../../i18n/language';

const fields = ['name', 'description', 'stylisticInstructions', 'exampleResponses', 'knowledgeDomains', 'character_book'] as const;

/** What an importer has to say, as a sentence. */
export function noteWords({ code, field, count = 1 }: ImportNote, t: Translate): string {
  const known = fields.find((name) => name === field);
  return t(`exchange.note.${code}`, { count, field: known ? t(`exchange.field.${known}`) : (field ?? '') });
}
