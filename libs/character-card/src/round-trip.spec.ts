import { type PersonaProfile, personaProfile } from '@dramatis/contracts/persona';
import fc from 'fast-check';
import { cardOfPersona } from './card-of-persona.js';
import { bytesOf, cardJson, pngOf } from './cards.fixture.js';
import type { JsonObject } from './json-value.js';
import { personaOfCard } from './persona-of-card.js';
import { pngWithCard } from './png-card.js';
import { readCard } from './read-card.js';
import { writeCard } from './write-card.js';

const dates = { createdAt: new Date('2026-01-02T03:04:05Z'), changedAt: new Date('2026-02-03T04:05:06Z') };
const runs = { numRuns: 100 };

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '{{char}} and {{user}}', '<START>\n{{user}}: a\n{{char}}: b', '\ud800', '\u0000', 'a; b, c', '{{random:x,y}}', '# Data', '__proto__', '.'.repeat(5_000)),
);
const anyJson = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__') && !JSON.stringify(value).includes('-0'));
const anyData = fc.record(
  {
    name: anyText,
    nickname: anyText,
    description: anyText,
    personality: anyText,
    scenario: anyText,
    first_mes: anyText,
    mes_example: anyText,
    creator_notes: anyText,
    system_prompt: anyText,
    post_history_instructions: anyText,
    alternate_greetings: fc.array(anyText, { maxLength: 4 }),
    tags: fc.array(anyText, { maxLength: 4 }),
    creator: anyText,
    character_version: anyText,
    extensions: fc.dictionary(fc.string().filter((key) => key !== '__proto__' && key !== 'dramatis'), anyJson, { maxKeys: 4 }),
    character_book: anyJson,
    from_the_future: anyJson,
  },
  { requiredKeys: ['name', 'description', 'extensions'] },
) as fc.Arbitrary<JsonObject>;

const line = (maxLength = 40) => fc.string({ unit: 'grapheme', minLength: 1, maxLength }).map((text) => text.trim()).filter(Boolean);
const anyProfile: fc.Arbitrary<PersonaProfile> = fc
  .record({
    name: line(),
    description: fc.oneof(line(), fc.constant('{{char}} is <user>.')),
    tagline: fc.option(line(), { nil: undefined }),
    hue: fc.integer({ min: 0, max: 359 }),
    coreTraits: fc.array(fc.oneof(line(), fc.constant('a; b'), fc.constant('a,\nb')), { maxLength: 5 }),
    knowledgeDomains: fc.array(line(), { maxLength: 5 }),
    exampleResponses: fc.array(fc.record({ prompt: line(), response: fc.oneof(line(), fc.constant('x\n{{user}}: y\n<START>')) }), { maxLength: 5 }),
    stylisticInstructions: fc.oneof(line(), fc.constant('Scene: none.\n\n{{original}}')),
    starterQuestions: fc.array(line(), { maxLength: 3 }),
    defaultInteractionModes: fc.constantFrom(['debater'], ['educator', 'lecturer']),
  })
  .map((fields) => personaProfile.parse(fields));

/** Through the bytes of a file. */
const again = (json: string) => readCard(bytesOf(json)).card;

describe('cards through Dramatis and out again', () => {
  it.each([2, 3] as const)('are what they were, as version %s', (version) => {
    fc.assert(
      fc.property(anyData, (given) => {
        const first = again(JSON.stringify(cardJson(given, version)));
        const exported = writeCard(cardOfPersona(personaOfCard(first).profile, first, dates), version);
        const data = (JSON.parse(exported) as { data: JsonObject }).data;
        expect(data).toMatchObject({ modification_date: 1770091506 });
        for (const [key, value] of Object.entries(first.data)) {
          if (key === 'extensions' || (key === 'character_book' && version === 3)) continue;
          expect(data[key]).toEqual(value);
        }
        const second = again(exported);
        expect(second.data['extensions']).toEqual(first.data['extensions']);
        expect(personaOfCard(second).profile).toEqual(personaOfCard(first).profile);
        // From then on nothing changes any more.
        expect(writeCard(cardOfPersona(personaOfCard(second).profile, second, dates), version)).toBe(exported);
      }),
      runs,
    );
  });

  it('are the same in a picture', () => {
    fc.assert(
      fc.property(anyData, (given) => {
        const json = JSON.stringify(cardJson(given));
        const png = pngWithCard(pngOf(), { chara: json });
        expect(readCard(png).card).toEqual(again(json));
        expect(readCard(pngWithCard(png, { ccv3: json })).card).toEqual(again(json));
      }),
      { numRuns: 40 },
    );
  });
});

describe('personas through a card and back', () => {
  it.each([2, 3] as const)('are what they were, by a card of version %s', (version) => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        expect(personaOfCard(again(writeCard(cardOfPersona(profile, null, dates), version))).profile).toEqual(profile);
      }),
      runs,
    );
  });

  it('are what they were when they were imported and changed here', () => {
    fc.assert(
      fc.property(anyData, anyProfile, fc.subarray(['name', 'description', 'coreTraits', 'stylisticInstructions', 'exampleResponses', 'knowledgeDomains'] as const), (given, other, fields) => {
        const imported = again(JSON.stringify(cardJson(given)));
        const { profile } = personaOfCard(imported);
        const changed = { ...profile, ...Object.fromEntries(fields.map((field) => [field, other[field]])) };
        const back = personaOfCard(again(writeCard(cardOfPersona(changed, imported, dates), 2))).profile;
        expect(back).toEqual(changed);
      }),
      runs,
    );
  });

  it('are taken from the card where somebody else changed it', () => {
    const profile = personaProfile.parse({ name: 'Mira', description: 'Keeps a tower.', coreTraits: ['dry; exact'], tagline: 'Late is late.' });
    const card = JSON.parse(writeCard(cardOfPersona(profile, null, dates), 3)) as { data: JsonObject };
    card.data['description'] = 'Keeps two towers.';
    expect(personaOfCard(again(JSON.stringify(card))).profile).toEqual({ ...profile, description: 'Keeps two towers.' });
    card.data['personality'] = 'wet';
    expect(personaOfCard(again(JSON.stringify(card))).profile).toMatchObject({ coreTraits: ['wet'], tagline: 'Late is late.' });
  });
});

describe('writeCard', () => {
  it('has what each version must have, and says in the second that there is a third', () => {
    const card = cardOfPersona(personaProfile.parse({ name: 'Mira', description: 'x' }), null, dates);
    expect(JSON.parse(writeCard(card, 3))).toMatchObject({
      spec: 'chara_card_v3',
      spec_version: '3.0',
      data: { first_mes: '', alternate_greetings: [], group_only_greetings: [], creation_date: 1767323045, extensions: { dramatis: { version: 1 } } },
    });
    expect(JSON.parse(writeCard(card, 2, { alsoAsLater: true }))).toMatchObject({ spec: 'chara_card_v2', data: { creator_notes: expect.stringContaining('version 3') } });
  });

  it('puts a card into a picture in the place of the one that was there', () => {
    const png = pngWithCard(pngOf(), { chara: JSON.stringify(cardJson({ name: 'One' })), ccv3: JSON.stringify(cardJson({ name: 'Two' }, 3)) });
    expect(readCard(png).card.fields.name).toBe('Two');
    expect(readCard(pngWithCard(png, { chara: JSON.stringify(cardJson({ name: 'Three' })) })).card.fields.name).toBe('Three');
  });
});
