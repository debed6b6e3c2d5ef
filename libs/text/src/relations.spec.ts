import { entitiesOf } from './entities.js';
import { coOccurrences, entitiesWithin, maxEdges, type PassageEntities, statementsOf } from './relations.js';

const passage = (passageId: string, ...names: string[]): PassageEntities => ({ passageId, text: '', entities: names.map((name) => ({ name, mentions: [{ start: 0, end: 1 }] })) });
const statements = (text: string) =>
  statementsOf(entitiesWithin(entitiesOf(text, { speaker: { name: 'Ada Lovelace' } }), { passageId: 'p', text, start: 0 })).map(({ subject, predicate, object }) => [subject, predicate, object]);

describe('entitiesWithin', () => {
  it('moves the mentions of a document into its passage', () => {
    const text = 'I saw Rome. Cornelius Fronto lived in Rome.';
    const within = entitiesWithin(entitiesOf(text), { passageId: 'p', text: text.slice(12), start: 12 });
    for (const { name, mentions } of within.entities) for (const { start, end } of mentions) expect(within.text.slice(start, end)).toBe(name);
    expect(within.entities.map(({ name }) => name).sort()).toEqual(['Cornelius Fronto', 'Rome']);
  });
});

describe('coOccurrences', () => {
  it('weighs who is named together, with the passages', () => {
    const edges = coOccurrences([passage('1', 'Babbage', 'Ada'), passage('2', 'Ada', 'Babbage'), passage('3', 'Ada', 'Rome'), passage('4', 'Rome'), passage('5', 'Rome')]);
    expect(edges[0]).toEqual({ source: 'Ada', target: 'Babbage', count: 2, weight: 0.372, passageIds: ['1', '2'] });
    expect(edges[1]).toMatchObject({ source: 'Ada', target: 'Rome', weight: 0 });
  });

  it('keeps weights within 0 to 1, and more evidence weighs more', () => {
    const always = (times: number) => coOccurrences(Array.from({ length: times }, (_, index) => passage(`${index}`, 'A', 'B')))[0]!.weight;
    expect(always(1)).toBe(0.5);
    expect(always(9)).toBe(0.9);
  });

  it('stays within its bounds', () => {
    const crowd = Array.from({ length: 300 }, (_, index) => `Name${index}`);
    const edges = coOccurrences(Array.from({ length: 200 }, (_, index) => passage(`${index}`, ...crowd.slice(index))));
    expect(edges.length).toBeLessThanOrEqual(maxEdges);
    for (const { passageIds } of edges) expect(passageIds.length).toBeLessThanOrEqual(20);
    expect(coOccurrences([])).toEqual([]);
  });
});

describe('statementsOf', () => {
  it.each([
    ['Avidius Cassius captured Athens on the Tigris.', ['Avidius Cassius', 'captured', 'Athens']],
    ['I married William King in 1835.', ['Ada Lovelace', 'married', 'William King']],
    ['Lord Byron died at Missolonghi in April.', ['Lord Byron', 'died at', 'Missolonghi']],
    ['Mary Somerville was taught by Augustus De Morgan.', ['Mary Somerville', 'was taught by', 'Augustus De Morgan']],
  ])('reads %s', (text, statement) => {
    expect(statements(text)).toEqual([statement]);
  });

  it.each([
    ['My Notes upon the Analytical Engine were published in London.'],
    ['I saw the Jacquard loom at work.'],
    ['Charles Babbage admired Mary Somerville’s book.'],
    ['Charles Babbage never met William King.'],
    ['Charles Babbage, whom I admired, and William King came.'],
    ['I think Charles Babbage was right.'],
    ['Charles Babbage and William King came.'],
  ])('does not misread %s', (text) => {
    expect(statements(text)).toEqual([]);
  });

  it('gives the sentence it rests on', () => {
    const text = 'It was long ago. Avidius Cassius captured Athens. We wept.';
    const [statement] = statementsOf(entitiesWithin(entitiesOf(text), { passageId: 'p', text, start: 0 }));
    expect(text.slice(statement!.start, statement!.end)).toBe('Avidius Cassius captured Athens.');
    expect(statement!.passageId).toBe('p');
  });

  it('takes a passage without end', () => {
    const text = 'I met John Smith. '.repeat(10_000);
    expect(statements(text).length).toBeLessThanOrEqual(50);
  });
});
