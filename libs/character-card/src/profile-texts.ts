import type { PersonaProfile } from '@dramatis/contracts/persona';
import type { CardFields } from './card-fields.js';
import { type Exchange, writeDialogue } from './dialogue.js';

export type ProfileTexts = Pick<CardFields, 'name' | 'description' | 'personality' | 'scenario' | 'system_prompt' | 'post_history_instructions' | 'mes_example' | 'tags'>;

/** What a card tells of a persona in its own fields. Examples that repeat the card's greetings stay where they are. */
export function textsOfProfile(profile: PersonaProfile, greetings: readonly Exchange[]): ProfileTexts {
  const repeated = new Set(greetings.map((exchange) => JSON.stringify([exchange.prompt, exchange.response])));
  const examples = profile.exampleResponses.filter(({ prompt, response }) => !repeated.has(JSON.stringify([prompt, response])));
  return {
    name: profile.name,
    description: profile.description,
    personality: profile.coreTraits.join('; '),
    scenario: '',
    system_prompt: profile.stylisticInstructions,
    post_history_instructions: '',
    mes_example: writeDialogue(examples),
    tags: profile.knowledgeDomains,
  };
}
