import { type PersonaProfile, personaProfile } from '@dramatis/contracts/persona';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { CardTexts } from './card-texts.js';
import type { CharacterCard } from './character-card.js';
import { plainLine, plainText } from './plain-text.js';
import { textsOfProfile } from './profile-texts.js';

const maxTraits = 20;
const maxDomains = 20;
const maxExamples = 12;
const maxLine = 120;
/** A part of a personality that is longer is a sentence about the character and no trait. */
const maxTrait = 60;
const maxTraitWords = 6;
const maxText = 4_000;

/** Fields of a persona that a card tells in its own; all others a card has only in our extension. */
type ToldFields = Pick<PersonaProfile, 'name' | 'description' | 'coreTraits' | 'stylisticInstructions' | 'exampleResponses' | 'knowledgeDomains'>;

/**
 * The persona that a card describes. What Dramatis wrote itself comes back as it was; where the card was changed since, the card counts.
 * Instructions of the card's author become a way to speak, which is a part of the persona and no rule of the prompt.
 */
export function personaOfCard(card: CharacterCard): { profile: PersonaProfile; notes: ImportNote[] } {
  const texts = new CardTexts(card.fields);
  const told = toldBy(card, texts);
  const own = card.own === null ? null : unchanged(card, card.own);
  const profile = personaProfile.parse({ ...trainingData(card), ...card.own, ...told, ...own });
  return { profile, notes: texts.notes };
}

/** What the card tells in fields of its own. */
function toldBy({ fields }: CharacterCard, texts: CardTexts): ToldFields {
  const name = plainLine(fields.name) || plainLine(fields.nickname);
  if (name === '') texts.note({ code: 'name_missing' });
  const traits = traitsOf(texts.told(fields.personality));
  const description = texts.told(fields.description) || texts.told(fields.personality) || texts.told(fields.scenario) || name || unnamed;
  const examples = [...texts.examples(), ...texts.greetings()];
  const domains = distinct(fields.tags.map((tag) => plainLine(tag)));
  for (const [field, count] of [['exampleResponses', examples.length - maxExamples], ['knowledgeDomains', domains.length - maxDomains]] as const) {
    if (count > 0) texts.note({ code: 'left_out', field, count });
  }
  if (texts.told(fields.system_prompt) !== '' || texts.told(fields.post_history_instructions) !== '') texts.note({ code: 'instructions_are_style' });
  return {
    name: texts.fitted(name || unnamed, maxLine, 'name'),
    description: texts.fitted(description, maxText, 'description'),
    coreTraits: traits ?? [],
    stylisticInstructions: texts.fitted(styleOf(fields, texts, traits === null), maxText, 'stylisticInstructions'),
    exampleResponses: examples.slice(0, maxExamples),
    knowledgeDomains: domains.slice(0, maxDomains).map((domain) => texts.fitted(domain, maxLine, 'knowledgeDomains')),
  };
}

const unnamed = 'Unnamed character';

function styleOf(fields: CharacterCard['fields'], texts: CardTexts, withPersonality: boolean): string {
  const parts: [string, string][] = [
    ['', fields.system_prompt],
    ['Personality: ', withPersonality ? fields.personality : ''],
    ['Scene: ', fields.scenario],
    ['', fields.post_history_instructions],
  ];
  return parts.flatMap(([label, text]) => (texts.told(text) === '' ? [] : [label + texts.told(text)])).join('\n\n');
}

/** Traits, when the personality is a list of them; null when it is prose. */
function traitsOf(personality: string): string[] | null {
  if (personality === '') return [];
  const parts = distinct(personality.split(/[;\n•|]/.test(personality) ? /[;\n•|]/ : /,/).map((part) => plainLine(part.replace(/^\s*[-*+]\s/, ''))));
  const isList = parts.length > 0 && parts.length <= maxTraits && parts.every((part) => part.length <= maxTrait && part.split(' ').length <= maxTraitWords);
  return isList ? parts : null;
}

/** Who made the card, as where the persona comes from. */
function trainingData({ fields }: CharacterCard): Partial<PersonaProfile> {
  const creator = plainLine(fields.creator).slice(0, 100).toWellFormed().trim();
  if (creator === '') return {};
  return { trainingDataPointers: [{ kind: 'reference', title: `Character card by ${creator}` }] };
}

/** The fields that the card still tells as Dramatis wrote them; in the form that they had, which a card's is coarser than. */
function unchanged(card: CharacterCard, own: PersonaProfile): Partial<ToldFields> {
  const { fields } = card;
  const written = textsOfProfile(own, new CardTexts(fields).greetings());
  const same = (...names: (keyof typeof written)[]): boolean => names.every((name) => JSON.stringify(written[name]) === JSON.stringify(fields[name]));
  return {
    ...(same('name') && { name: own.name }),
    ...(same('description') && { description: own.description }),
    ...(same('personality', 'scenario', 'system_prompt', 'post_history_instructions') && { coreTraits: own.coreTraits, stylisticInstructions: own.stylisticInstructions }),
    ...(same('mes_example') && { exampleResponses: own.exampleResponses }),
    ...(same('tags') && { knowledgeDomains: own.knowledgeDomains }),
  };
}

function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => plainText(line)).filter(Boolean))];
}
