import { starterQuestions } from './starter-questions.js';

const entity = (name: string, kind: 'person' | 'place' | 'organisation' | 'work' | 'other', count = 3, definite = false) => ({ name, kind, definite, count });
const material = {
  speaker: 'Ada Lovelace',
  titles: ['A life in outline', 'Can the engine think', 'The voyage of the Beagle', 'My teachers and my education', 'Common misconceptions', 'How I came to sail'],
  entities: [
    entity('Ada Lovelace', 'person', 180),
    entity('Charles Babbage', 'person', 29),
    entity('Analytical Engine', 'other', 23, true),
    entity('London', 'place', 9),
    entity('Danube', 'place', 4, true),
    entity('Origin of Species', 'work', 4, true),
    entity('Luigi Menabrea', 'person', 4),
    entity('Ralph Once', 'person', 1),
  ],
  topics: [{ label: 'Coral reefs, atoll', terms: ['coral reefs', 'atoll'] }],
};

describe('starterQuestions', () => {
  const questions = starterQuestions(material, 8);

  it('asks about people, things, places and subjects in turn, as a visitor would', () => {
    expect(questions).toEqual([
      'What happened during the voyage of the Beagle?',
      'What did you think of Charles Babbage?',
      'What is the Analytical Engine?',
      'What did London mean to you?',
      'What can you tell me about coral reefs?',
      'Who was Luigi Menabrea to you?',
      'What is the Origin of Species about?',
      'What can you tell me about your teachers and your education?',
    ]);
  });

  it('never asks about the persona as if about another, about what was named once, or about a life in outline', () => {
    expect(questions.join(' ')).not.toMatch(/Lovelace|Ralph|outline|misconceptions|came to sail/);
  });

  it('takes a title that asks', () => {
    expect(starterQuestions({ ...material, titles: ['Can the engine think'], entities: [], topics: [] })).toEqual(['Can the engine think?']);
  });

  it('speaks to the persona', () => {
    expect(starterQuestions({ ...material, titles: ['My teachers and my education'], entities: [], topics: [] })).toEqual(['What can you tell me about your teachers and your education?']);
  });

  it('gives the article that a name has', () => {
    expect(starterQuestions({ ...material, titles: [], entities: [entity('Danube', 'place', 4, true)], topics: [] })).toEqual(['What did the Danube mean to you?']);
  });

  it('gives as many as asked for, within 3 to 8, and none without material', () => {
    expect(starterQuestions(material, 1)).toHaveLength(3);
    expect(starterQuestions(material, 100).length).toBeLessThanOrEqual(8);
    expect(starterQuestions({ speaker: 'Ada Lovelace', titles: [], entities: [], topics: [] })).toEqual([]);
  });
});
