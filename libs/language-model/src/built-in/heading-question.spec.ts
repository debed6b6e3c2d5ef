import { questionForHeading } from './heading-question.js';

const isName = (word: string) => ['edinburgh', 'rousseau'].includes(word.toLowerCase());

describe('questionForHeading', () => {
  it.each([
    ['How I arrived at the theory', 'Can you tell me how you arrived at the theory?'],
    ['What I saw', 'Can you tell me what you saw?'],
    ['Whether the engine can think', 'Can you tell me whether the engine can think?'],
    ['Did I invent the engine?', 'Did you invent the engine?'],
    ['Was I a great mathematician?', 'Were you a great mathematician?'],
    ['Is patience weakness?', 'Is patience weakness?'],
    ['Why day schools', 'Why day schools?'],
    ['Why I delayed', 'Can you tell me why you delayed?'],
    ['The mockingbirds and tortoises', 'What can you tell me of the mockingbirds and tortoises?'],
    ['My friendship with Charles Babbage', 'What can you tell me of your friendship with Charles Babbage?'],
    ['Edinburgh and Cambridge', 'What can you tell me of Edinburgh and Cambridge?'],
    ['Marriage, law and work', 'What can you tell me of marriage, law and work?'],
    ['Against Rousseau and Gregory', 'What have you to say against Rousseau and Gregory?'],
    ['Objections and my replies', 'What is said against it, and what do you answer?'],
    ['An example', 'Can you give me an example?'],
  ])('%s -> %s', (heading, question) => {
    expect(questionForHeading(heading, 0, isName)).toBe(question);
  });

  it.each(['', 'How subsidence explains them', 'Why I chose them'])('asks nothing for %j, which does not say enough', (heading) => {
    expect(questionForHeading(heading, 0, isName)).toBeNull();
  });
});
