/** Fields of the console's forms, where the field of a request is not named by its own word. */
const words: Record<string, string> = {
  urls: 'Address',
  maxPages: 'The number of pages',
  depth: 'The number of links away',
  hosts: 'Host',
  include: 'The pattern of paths to take',
  exclude: 'The pattern of paths to leave',
  cron: 'The cron line',
  timeZone: 'The time zone',
  everyMinutes: 'The interval',
  documents: 'Text',
  uploadIds: 'File',
  personaId: 'The id',
  tagline: 'The line of character',
  yearsOfLife: 'The years',
  knowledgeDomains: 'Subject',
  starterQuestions: 'Question',
  stylisticInstructions: 'The manner of speaking',
};

/** What a reader calls the part of a request that a problem names: `settings/urls/0` is "Address 1". */
export function fieldWords(path: string): string {
  const parts = path.split('/').filter(Boolean);
  const isPlace = (part: string): boolean => /^\d+$/.test(part);
  const known = parts.find((part) => Object.hasOwn(words, part));
  const name = known ? words[known]! : `The ${(parts.findLast((part) => !isPlace(part)) ?? 'field').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
  const place = known ? parts[parts.indexOf(known) + 1] : undefined;
  return place !== undefined && isPlace(place) ? `${name} ${Number(place) + 1}` : name;
}
