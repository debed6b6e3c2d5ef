import { corpusEntities, type DocumentEntities } from './corpus-entities.js';

const person = (name: string, count = 1, aliases: string[] = []) => ({ name, kind: 'person' as const, definite: false, aliases, count });
const documents: DocumentEntities[] = [
  { documentId: 'one', entities: [person('Charles Babbage', 3), person('Lady Byron', 2), person('Mrs Clare'), { name: 'Danube', kind: 'place', definite: true, aliases: [], count: 2 }] },
  { documentId: 'two', entities: [person('Mr Babbage', 5), person('Byron'), person('John Clare'), { name: 'Danube', kind: 'other', definite: true, aliases: [], count: 3 }] },
];

describe('corpusEntities', () => {
  const { entities, nameIn } = corpusEntities(documents);

  it('takes a titled surname for the one fuller name of the corpus', () => {
    expect(entities[0]).toEqual({ name: 'Charles Babbage', kind: 'person', definite: false, aliases: ['Mr Babbage'], count: 8, documentIds: ['one', 'two'] });
    expect(nameIn('two', 'Mr Babbage')).toBe('Charles Babbage');
    expect(nameIn('two', 'unknown')).toBe('unknown');
  });

  it('keeps apart whom it cannot tell', () => {
    expect(entities.map(({ name }) => name)).toEqual(expect.arrayContaining(['Lady Byron', 'Byron', 'Mrs Clare', 'John Clare']));
  });

  it.each([
    [['Mary Somerville', 'Mrs Somerville'], ['Mary Somerville']],
    [['William Clare', 'Mrs Clare'], ['William Clare', 'Mrs Clare']],
    [['Augustus De Morgan', 'De Morgan'], ['Augustus De Morgan']],
    [['Joseph Dalton Hooker', 'Joseph Hooker'], ['Joseph Dalton Hooker']],
    [['George Fordyce', 'James Fordyce', 'Fordyce'], ['George Fordyce', 'James Fordyce', 'Fordyce']],
  ])('makes of %j %j', (names, expected) => {
    const corpus = corpusEntities(names.map((name) => ({ documentId: name, entities: [person(name)] })));
    expect(corpus.entities.map(({ name }) => name).sort()).toEqual([...expected].sort());
  });

  it('gives a name the kind with most signs', () => {
    expect(entities.find(({ name }) => name === 'Danube')).toMatchObject({ kind: 'place', definite: true, count: 5 });
  });

  it('takes a short title for the whole one', () => {
    const work = (name: string) => ({ name, kind: 'work' as const, definite: false, aliases: [], count: 1 });
    const titles = corpusEntities([{ documentId: 'one', entities: [work('Vindication of the Rights of Woman'), work('Rights of Woman')] }]);
    expect(titles.entities.map(({ name }) => name)).toEqual(['Vindication of the Rights of Woman']);
  });

  it('takes a corpus of very many names', () => {
    const many = [{ documentId: 'one', entities: Array.from({ length: 50_000 }, (_, index) => person(`John${index} Smith`)).concat(person('Smith')) }];
    expect(corpusEntities(many).entities.length).toBeGreaterThan(49_999);
    expect(corpusEntities([]).entities).toEqual([]);
  });
});
