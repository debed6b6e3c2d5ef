import type { Translate } from '../../../../i18n/language';
import type { TextKey } from '../../../../i18n/scopes';

/** Fields of the console's forms, where the field of a request is not named by its own word. */
const words: Record<string, TextKey> = {
  urls: 'console.address',
  maxPages: 'console.theNumberOfPages',
  depth: 'console.theNumberOfLinksAway',
  hosts: 'console.host',
  include: 'console.thePatternOfPathsToTake',
  exclude: 'console.thePatternOfPathsToLeave',
  cron: 'console.theCronLine',
  timeZone: 'console.theTimeZone',
  everyMinutes: 'console.theInterval',
  documents: 'console.text',
  uploadIds: 'console.file',
  personaId: 'console.theId',
  tagline: 'console.theLineOfCharacter',
  yearsOfLife: 'console.theYears',
  knowledgeDomains: 'console.subject',
  starterQuestions: 'console.question',
  stylisticInstructions: 'console.theMannerOfSpeaking',
};

/** What a reader calls the part of a request that a problem names: `settings/urls/0` is "Address 1". */
export function fieldWords(t: Translate, path: string): string {
  const parts = path.split('/').filter(Boolean);
  const isPlace = (part: string): boolean => /^\d+$/.test(part);
  const known = parts.find((part) => Object.hasOwn(words, part));
  if (known === undefined) return unknownField(t, parts.findLast((part) => !isPlace(part)) ?? 'field');
  const name = t(words[known]!);
  const place = parts[parts.indexOf(known) + 1];
  return place !== undefined && isPlace(place) ? `${name} ${Number(place) + 1}` : name;
}

/** The API's own word, with its humps as spaces. */
function unknownField(t: Translate, part: string): string {
  return t('console.field', { name: part.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) });
}
