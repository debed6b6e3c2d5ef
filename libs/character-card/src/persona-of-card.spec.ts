import { bytesOf, cardJson } from './cards.fixture.js';
import type { JsonObject } from './json-value.js';
import { knowledgeOfCard } from './knowledge-of-card.js';
import { personaOfCard } from './persona-of-card.js';
import { readCard } from './read-card.js';

const cardOf = (changes: JsonObject = {}) => readCard(bytesOf(cardJson(changes))).card;
const personaOf = (changes: JsonObject = {}) => personaOfCard(cardOf(changes));

describe('personaOfCard', () => {
  it('has each field of the card where a persona has it', () => {
    expect(personaOf()).toEqual({
      profile: {
        name: 'Mira Voss',
        description: 'Mira Voss keeps the clock tower of Hallin. Mira Voss trusts the other person slowly.',
        coreTraits: ['patient', 'dry', 'exact'],
        knowledgeDomains: ['clockmaker', 'Hallin'],
        stylisticInstructions: 'Write in short paragraphs.\n\nScene: the other person has climbed the tower during a storm.\n\nNever speak for the other person.',
        exampleResponses: [
          { prompt: 'Why clocks?', response: 'They admit when they are wrong.' },
          { prompt: 'Go on.', response: 'Mind the third step.' },
          { prompt: 'Hello.', response: '*looks up* You are wet. Sit down.' },
          { prompt: 'Hello.', response: 'The lift is out of order again.' },
        ],
        trainingDataPointers: [{ kind: 'reference', title: 'Character card by towerkeeper' }],
        hue: 250,
        starterQuestions: [],
        defaultInteractionModes: ['educator'],
        supportedResponseFormats: expect.any(Array),
      },
      notes: [{ code: 'instructions_are_style' }],
    });
  });

  it('calls the character by the nickname in texts, and by the name as a persona', () => {
    const { profile } = personaOf({ nickname: 'Mim', description: '<BOT> and <user>, {{Char}} and {{USER}}.' });
    expect(profile).toMatchObject({ name: 'Mira Voss', description: 'Mim and the other person, Mim and the other person.' });
  });

  it('takes comments out, the first of several choices, and counts what it does not know', () => {
    const { profile, notes } = personaOf({ description: 'A{{// hidden}}B {{random:red,blue}} {{roll:d6}} {{time}}', system_prompt: '', post_history_instructions: '' });
    expect(profile.description).toBe('AB red {{roll:d6}} {{time}}');
    expect(notes).toEqual([{ code: 'macros_kept', count: 2 }]);
  });

  it('takes a personality in prose as a way to speak', () => {
    const personality = 'She measures every word before she lets it out, and she has never once been late in her life.';
    const { profile } = personaOf({ personality, scenario: '', system_prompt: '', post_history_instructions: '' });
    expect(profile).toMatchObject({ coreTraits: [], stylisticInstructions: `Personality: ${personality}` });
  });

  it('shortens at the end of a sentence, and says what does not fit', () => {
    const { profile, notes } = personaOf({
      description: 'The tower has a stair. '.repeat(400),
      name: 'M'.repeat(200),
      tags: Array.from({ length: 30 }, (_, index) => `tag ${index}`),
      alternate_greetings: Array.from({ length: 20 }, (_, index) => `Greeting ${index}`),
    });
    expect(profile.description).toMatch(/stair\.$/);
    expect(profile.description.length).toBeLessThanOrEqual(4_000);
    expect(profile.name).toHaveLength(120);
    expect(notes).toEqual(
      expect.arrayContaining([
        { code: 'shortened', field: 'description' },
        { code: 'shortened', field: 'name' },
        { code: 'left_out', field: 'knowledgeDomains', count: 10 },
        { code: 'left_out', field: 'exampleResponses', count: 11 },
      ]),
    );
  });

  it('has a name and a description whatever the card has', () => {
    expect(personaOf({ name: '', nickname: '', description: ' ', personality: '', scenario: '', creator_notes: '' })).toMatchObject({
      profile: { name: 'Unnamed character', description: 'Unnamed character' },
      notes: expect.arrayContaining([{ code: 'name_missing' }]),
    });
    expect(personaOf({ description: '', personality: 'dry' }).profile.description).toBe('dry');
  });

  it.each([
    ['named speakers', 'Mira Voss: Tick.\nyou: And?\nMIRA VOSS: Tock.', [['Go on.', 'Tick.'], ['And?', 'Tock.']]],
    ['speeches of several lines', '<start>{{user}}: One\ntwo\n{{char}}: Three\n\nfour', [['One\ntwo', 'Three\n\nfour']]],
    ['nobody named', '*winds the clock*\nIt is late.', [['Go on.', '*winds the clock*\nIt is late.']]],
    ['questions that nobody answers', '{{user}}: Hello?\n<START>\n{{user}}: Hello??', []],
    ['times of day', '{{char}}: At 12:30 it strikes.', [['Go on.', 'At 12:30 it strikes.']]],
  ])('reads example dialogue with %s', (_, mes_example, expected) => {
    const { profile } = personaOf({ mes_example, first_mes: '', alternate_greetings: [] });
    expect(profile.exampleResponses.map(({ prompt, response }) => [prompt, response])).toEqual(expected);
  });
});

describe('knowledgeOfCard', () => {
  it('tells who the character is, and each entry that is switched on', () => {
    expect(knowledgeOfCard(cardOf())).toEqual({
      documents: [
        { title: 'About Mira Voss', contentType: 'text/markdown', text: expect.stringMatching(/^Mira Voss keeps the clock tower[\s\S]*during a storm\.$/) },
        { title: 'The tower', contentType: 'text/markdown', text: 'The tower was built in 1611.' },
        { title: 'bell', contentType: 'text/markdown', text: 'Mira Voss recast the bell.' },
      ],
      notes: [{ code: 'entries_switched_off', count: 1 }, { code: 'lorebook_conditions_not_followed' }],
    });
  });

  it('joins entries when there are more than a source holds', () => {
    const entries = Array.from({ length: 1_000 }, (_, index) => ({ keys: [`key ${index}`], content: `Fact ${index}.` }));
    const { documents } = knowledgeOfCard(cardOf({ character_book: { entries } }));
    expect(documents.length).toBeLessThanOrEqual(200);
    expect(documents.map(({ text }) => text).join('\n')).toMatch(/Fact 0\.[\s\S]*Fact 999\./);
  });

  it('reads entries that are members of an object, and has none of a book that is none', () => {
    expect(knowledgeOfCard(cardOf({ character_book: { entries: { '0': { keys: 'a, b', content: 'Told.' } } } })).documents[1]).toMatchObject({ title: 'a, b', text: 'Told.' });
    for (const character_book of [null, 'book', { entries: 'x' }, { entries: [null, 3, {}] }]) expect(knowledgeOfCard(cardOf({ character_book })).documents).toHaveLength(1);
  });
});
