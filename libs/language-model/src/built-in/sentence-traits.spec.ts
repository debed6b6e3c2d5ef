import { announces, enumeration, needsPrevious, raisesObjection } from './sentence-traits.js';

describe('needsPrevious', () => {
  it.each([
    'He expected the engine to multiply two numbers in three minutes.',
    'Such steep sides agree with the belief.',
    'But the machine was never built.',
    'I reply that the record is imperfect.',
    'My reply is that surprise proves nothing.',
    'I paid too little attention to that remark at the time.',
    'Under that law her earnings belonged to her husband.',
    'The second fault is to despise the novelty.',
    'It was read in the sixth edition.',
    'I gave her the letter.',
    'Natural selection may improve such an organ by steps.',
  ])('%s', (sentence) => {
    expect(needsPrevious(sentence)).toBe(true);
  });

  it.each([
    'The store is the part that holds numbers.',
    'I married my cousin Emma Wedgwood in 1839.',
    'It is kind of you to ask that of me.',
    'Both the store and the mill hold numbers.',
    'John Gould, the ornithologist, told me that he had seen them.',
    'My husband helped me, and he inked the table.',
    'Another objection says that a machine may compose.',
    'Soon after my arrival I saw the king.',
    'The book deserved more order than that which I gave it.',
  ])('not: %s', (sentence) => {
    expect(needsPrevious(sentence)).toBe(false);
  });
});

describe('raisesObjection', () => {
  it.each([
    'The objection says that the eye is too perfect.',
    'A critic may object that patience makes a ruler soft.',
    'Some people object that girls will think of love.',
    'Critics blame me for leaving power to my son.',
    'John Murray has proposed that atolls rise upon sediment.',
  ])('%s', (sentence) => {
    expect(raisesObjection(sentence)).toBe(true);
  });

  it.each(['I objected to his plan.', 'The engine cannot originate anything.', 'My answer is that it follows orders.'])('not: %s', (sentence) => {
    expect(raisesObjection(sentence)).toBe(false);
  });
});

describe('announces', () => {
  it.each(['I explain here what worms do to the soil.', 'I describe here its parts.', 'Several mistakes deserve a reply.'])('%s', (sentence) => {
    expect(announces(sentence)).toBe(true);
  });

  it('leaves other sentences alone', () => {
    expect(announces('I explained the engine to my tutor.')).toBe(false);
  });
});

describe('enumeration', () => {
  it('tells the first from the later ones', () => {
    expect(['First, vary.', 'Secondly, they breed.', 'At last the summit sinks.', 'First impressions last.'].map(enumeration)).toEqual(['first', 'later', 'later', null]);
  });
});
