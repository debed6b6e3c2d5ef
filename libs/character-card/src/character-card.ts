import { DomainError } from '@dramatis/contracts/errors';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { type PersonaProfile, personaProfile } from '@dramatis/contracts/persona';
import { type CardFields, cardFields } from './card-fields.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.js';

export type CardVersion = 1 | 2 | 3;

/** A character card, whichever version it came in. */
export interface CharacterCard {
  version: CardVersion;
  /** All of the card's `data`, as it came, with what we do not know; without our own extension. */
  data: JsonObject;
  /** What stood beside `data`, without what only repeats it. */
  beside: JsonObject;
  /** What we understand of `data`. */
  fields: CardFields;
  /** The persona that Dramatis wrote the card from; null in cards of others. What was changed in the card since counts more. */
  own: PersonaProfile | null;
}

/** Where the persona that a card was written from stands, among the card's extensions. */
export const ownExtension = 'dramatis';

/** Fields of the first version; cards of later ones repeat them beside `data` for old programs. */
const firstVersionFields = ['name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example'];
const repeated = new Set([...firstVersionFields, 'spec', 'spec_version', 'data', 'creator_notes', 'creatorcomment', 'tags', 'system_prompt', 'post_history_instructions', 'alternate_greetings', 'creator', 'character_version', 'character_book', 'extensions']);
/** What one early editor calls the fields. */
const oldNames: Readonly<Record<string, string>> = {
  char_name: 'name',
  char_persona: 'description',
  world_scenario: 'scenario',
  char_greeting: 'first_mes',
  example_dialogue: 'mes_example',
};

/** @throws DomainError import_not_recognised when the value is no card */
export function toCharacterCard(value: JsonValue): { card: CharacterCard; notes: ImportNote[] } {
  if (!isJsonObject(value)) throw notACard();
  const spec = typeof value['spec'] === 'string' ? value['spec'] : '';
  if (/^lorebook/i.test(spec)) throw new DomainError('import_not_recognised.lorebook');
  const inner = value['data'];
  if (/^chara_card_v\d/.test(spec) && isJsonObject(inner)) {
    const beside = Object.fromEntries(Object.entries(value).filter(([key]) => !repeated.has(key)));
    const version = spec === 'chara_card_v2' ? 2 : 3;
    return cardOf(version, inner, beside, isNewer(value['spec_version'], version, spec) ? [{ code: 'newer_format' }] : []);
  }
  const flat = Object.fromEntries(Object.entries(value).map(([key, member]) => [oldNames[key] ?? key, member]));
  const told = firstVersionFields.filter((field) => typeof flat[field] === 'string' && flat[field] !== '');
  if (told.length < 2 || typeof flat['name'] !== 'string') throw notACard();
  const { spec: _spec, spec_version: _version, data: _data, ...data } = flat;
  return cardOf(1, data, {}, []);
}

function cardOf(version: CardVersion, given: JsonObject, beside: JsonObject, notes: ImportNote[]): { card: CharacterCard; notes: ImportNote[] } {
  const { data, own } = takeOwn(given);
  return { card: { version, data, beside, fields: cardFields.parse(data), own }, notes };
}

/** Our extension out of the others. One that somebody made up is checked like any other input, and left out when it is no persona. */
function takeOwn(given: JsonObject): { data: JsonObject; own: PersonaProfile | null } {
  const { extensions } = given;
  if (!isJsonObject(extensions) || !Object.hasOwn(extensions, ownExtension)) return { data: given, own: null };
  const { [ownExtension]: extension, ...others } = extensions;
  const profile = personaProfile.safeParse(isJsonObject(extension) ? extension['profile'] : undefined);
  return { data: { ...given, extensions: others }, own: profile.data ? portableProfile(profile.data) : null };
}

/** Without what means something only in the installation that it comes from. */
export function portableProfile({ imageUrl: _imageUrl, modelRoute: _modelRoute, ...profile }: PersonaProfile): PersonaProfile {
  return profile;
}

function isNewer(written: JsonValue | undefined, version: 2 | 3, spec: string): boolean {
  return Number.parseFloat(typeof written === 'string' ? written : '') > version || (version === 3 && spec !== 'chara_card_v3');
}

function notACard(): DomainError {
  return new DomainError('import_not_recognised.json');
}
