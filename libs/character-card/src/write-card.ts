import { type CharacterCard, ownExtension } from './character-card.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.js';

/** Texts and lists that each version must have; what a card has in another form is written as it was understood. */
const requiredTexts = ['name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example', 'creator_notes', 'system_prompt', 'post_history_instructions', 'creator', 'character_version'] as const;
const requiredLists = ['alternate_greetings', 'tags'] as const;

const onlyLaterNote =
  'This character card is of version 3 and was read as one of version 2. Use a program that reads version 3 to have all of it.';

/** The card as JSON of this version. What it does not know of stays in `data`, where programs that do not know it leave it alone. */
export function writeCard(card: CharacterCard, version: 2 | 3, more: { alsoAsLater?: boolean } = {}): string {
  const data: JsonObject = { ...card.data };
  for (const field of requiredTexts) if (typeof data[field] !== 'string') data[field] = card.fields[field];
  for (const field of requiredLists) if (!Array.isArray(data[field])) data[field] = card.fields[field];
  const extensions = isJsonObject(data['extensions']) ? data['extensions'] : {};
  const own: JsonObject = card.own === null ? {} : { [ownExtension]: { version: 1, profile: card.own as unknown as JsonObject } };
  data['extensions'] = { ...extensions, ...own };
  if (version === 3) writeLater(data);
  else if (more.alsoAsLater) data['creator_notes'] = [onlyLaterNote, card.fields.creator_notes].filter(Boolean).join('\n\n');
  return JSON.stringify({ ...card.beside, spec: `chara_card_v${version}`, spec_version: `${version}.0`, data });
}

function writeLater(data: JsonObject): void {
  if (!Array.isArray(data['group_only_greetings'])) data['group_only_greetings'] = [];
  const book = data['character_book'];
  if (!isJsonObject(book)) return;
  data['character_book'] = { ...book, extensions: isJsonObject(book['extensions']) ? book['extensions'] : {}, entries: withRegexFlag(book['entries']) };
}

function withRegexFlag(entries: JsonValue | undefined): JsonValue {
  if (!Array.isArray(entries)) return isJsonObject(entries) ? withRegexFlag(Object.values(entries)) : [];
  return entries.map((entry) => (isJsonObject(entry) && typeof entry['use_regex'] !== 'boolean' ? { ...entry, use_regex: false } : entry));
}
