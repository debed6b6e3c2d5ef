import type { PersonaProfile } from '@dramatis/contracts/persona';
import { cardFields } from './card-fields.js';
import { CardTexts } from './card-texts.js';
import { type CharacterCard, portableProfile } from './character-card.js';
import type { JsonObject } from './json-value.js';
import { personaOfCard } from './persona-of-card.js';
import { type ProfileTexts, textsOfProfile } from './profile-texts.js';

/** Fields of a persona, and those of a card that tell them. */
const told: readonly [(keyof PersonaProfile)[], (keyof ProfileTexts)[]][] = [
  [['name'], ['name']],
  [['description'], ['description']],
  [['coreTraits', 'stylisticInstructions'], ['personality', 'scenario', 'system_prompt', 'post_history_instructions']],
  [['exampleResponses'], ['mes_example']],
  [['knowledgeDomains'], ['tags']],
];

/**
 * A card of the persona, which read again gives the persona. Of an imported one, everything that was not changed here is as it came; also
 * what has no place in a persona, such as greetings, lorebook and extensions of other programs.
 */
export function cardOfPersona(profile: PersonaProfile, imported: CharacterCard | null, dates: { createdAt: Date; changedAt: Date }): CharacterCard {
  const own = portableProfile(profile);
  const given = imported?.data ?? { creation_date: seconds(dates.createdAt) };
  let card = cardWith({ ...given, modification_date: seconds(dates.changedAt) }, own, imported);
  // A text may say another thing once another is written, as macros do under another name: each round sees what the former wrote.
  for (const _round of told) {
    const texts = changedTexts(profile, card);
    if (Object.keys(texts).length === 0) break;
    card = cardWith({ ...card.data, ...texts }, own, imported);
  }
  return card;
}

function cardWith(data: JsonObject, own: PersonaProfile, imported: CharacterCard | null): CharacterCard {
  return { version: imported?.version ?? 3, data, beside: imported?.beside ?? {}, fields: cardFields.parse(data), own };
}

/** The texts of a card that does not say of the persona what the persona says. */
function changedTexts(profile: PersonaProfile, card: CharacterCard): Partial<ProfileTexts> {
  const read = personaOfCard(card).profile;
  const texts = textsOfProfile(profile, new CardTexts(card.fields).greetings());
  const changed = told.filter(([fields]) => fields.some((field) => JSON.stringify(read[field]) !== JSON.stringify(profile[field])));
  return Object.fromEntries(changed.flatMap(([, names]) => names.map((name) => [name, texts[name]])));
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
