import { seededDocuments } from './corpora.fixture.js';
import { entitiesOf, maxEntities, maxMentions } from './entities.js';

const named = (text: string) => entitiesOf(text).map(({ name, kind }) => [name, kind]);

describe('entitiesOf', () => {
  it('brings the forms of a name together', () => {
    const text = 'I admire Charles Darwin. As Mr Darwin told us, finches differ. We read Darwin’s book, and Darwin thanked us.';
    const [darwin] = entitiesOf(text);
    expect(darwin).toMatchObject({ name: 'Charles Darwin', kind: 'person', count: 4 });
    expect(darwin!.aliases.sort()).toEqual(['Darwin', 'Mr Darwin']);
    expect(darwin!.mentions.map(({ start, end }) => text.slice(start, end))).toEqual(['Charles Darwin', 'Mr Darwin', 'Darwin', 'Darwin']);
  });

  it('keeps people of one name apart by their titles', () => {
    expect(named('Lord Byron left England. Lady Byron stayed, and Mary Somerville visited her. Mrs Somerville taught me.')).toEqual(
      expect.arrayContaining([['Lord Byron', 'person'], ['Lady Byron', 'person'], ['Mary Somerville', 'person']]),
    );
  });

  it.each([
    ['people', 'My uncle Josiah Wedgwood objected.', 'Josiah Wedgwood', 'person'],
    ['people of uncommon names', 'In that year Olaudah Equiano wrote his life.', 'Olaudah Equiano', 'person'],
    ['initials', 'The book is by J. S. Mill, who lived in London.', 'J. S. Mill', 'person'],
    ['places', 'We crossed the plains of Patagonia.', 'Patagonia', 'place'],
    ['the places of a list', 'We visited Chile, Peru and Chiloe.', 'Chiloe', 'place'],
    ['joined names of places', 'We sailed round the Cape of Good Hope.', 'Cape of Good Hope', 'place'],
    ['abbreviated names of places', "His shop was in St. Paul's Churchyard.", "St. Paul's Churchyard", 'place'],
    ['organisations', 'He read it to the Royal Society.', 'Royal Society', 'organisation'],
    ['works', 'She wrote A Vindication of the Rights of Woman there.', 'Vindication of the Rights of Woman', 'work'],
    ['things', 'This is the Analytical Engine.', 'Analytical Engine', 'other'],
  ])('knows %s', (_what, text, name, kind) => {
    expect(named(text)).toContainEqual([name, kind]);
  });

  it.each([
    ['words that open a sentence', 'Barnacles are many. However, the gardeners saw barnacles. Finally they left.'],
    ['months, days and peoples', 'On Monday the Romans and the French met in March. A Christian came.'],
    ['what is shouted', 'THE WHOLE TEXT IS SHOUTED BY SOMEONE. AND THERE IS MORE OF IT.'],
    ['headings in title case', 'What We Did There\n\nWe did nothing at all on that day.'],
    ['speech', 'She asked: “Why should they?” and nobody knew.'],
  ])('is not misled by %s', (_what, text) => {
    expect(named(text)).toEqual([]);
  });

  it('knows a name at the beginning of a sentence from elsewhere in the text', () => {
    expect(entitiesOf('Vologases invaded Armenia. We feared Vologases.').find(({ name }) => name === 'Vologases')!.count).toBe(2);
  });

  it('tells whether a name has an article', () => {
    const entities = entitiesOf('We camped on the Danube. I crossed the Danube near Carnuntum, and I wrote in Carnuntum.');
    expect(entities.map(({ name, definite }) => [name, definite])).toEqual([['Danube', true], ['Carnuntum', false]]);
  });

  it('takes "I" for the speaker, except in quotations', () => {
    const text = 'I met Mr Babbage. He said: “I am tired.” I’m sure that Ada was not.';
    const ada = entitiesOf(text, { speaker: { name: 'Ada Lovelace' } }).find(({ name }) => name === 'Ada Lovelace')!;
    expect(ada.mentions.map(({ start, end }) => text.slice(start, end))).toEqual(['I', 'I', 'Ada']);
  });

  it('finds who and what a persona speaks of', () => {
    const text = seededDocuments('charles-darwin')[1]!.text;
    const entities = new Map(entitiesOf(text, { speaker: { name: 'Charles Darwin' } }).map(({ name, kind }) => [name, kind]));
    for (const name of ['Charles Darwin', 'Robert FitzRoy', 'Josiah Wedgwood', 'Charles Lyell']) expect(entities.get(name)).toBe('person');
    for (const name of ['South America', 'Cape Verde Islands', 'St Jago', 'Patagonia', 'Galapagos Islands', 'Mauritius']) expect(entities.get(name)).toBe('place');
    expect(entities.get('Royal Navy')).toBe('organisation');
    expect(entities.get('Principles of Geology')).toBe('work');
    expect(entities.size).toBeLessThan(40);
  });

  it.each([
    ['a word without end', 'A'.repeat(200_000)],
    ['100,000 names', Array.from({ length: 100_000 }, (_, index) => `Name${index}`).join(' ')],
    ['100,000 people of one name', Array.from({ length: 100_000 }, (_, index) => `John Smith${index}`).join(', ')],
    ['one name 20,000 times', 'I saw John Smith there. '.repeat(20_000)],
    ['particles', 'A de la '.repeat(25_000)],
    ['names of an object', 'We saw Constructor and Prototype. '.repeat(100)],
  ])('stays within its bounds on %s', (_name, text) => {
    const entities = entitiesOf(text, { speaker: { name: 'John Smith' } });
    expect(entities.length).toBeLessThanOrEqual(maxEntities);
    for (const { mentions } of entities) expect(mentions.length).toBeLessThanOrEqual(maxMentions);
  });
});
