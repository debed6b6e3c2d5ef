import { affinity, analyseQuestion } from './question.js';

const analyse = (text: string, before: string[] = []) => analyseQuestion(text, before.map((userText) => ({ userText })), 'Ada Lovelace');
const stemsOf = (text: string, before: string[] = []) => analyse(text, before).terms.map((term) => term.stem);

describe('analyseQuestion', () => {
  it.each([
    ['Why did you delay?', 'why'],
    ['When were you born?', 'when'],
    ['Where did the ship go?', 'where'],
    ['Who was your father?', 'who'],
    ['How many children did you have?', 'howMany'],
    ['What are the three kinds of card?', 'list'],
    ['What is a cycle?', 'define'],
    ['How do you explain atolls?', 'how'],
    ['How do I stay calm when someone insults me?', 'how'],
    ['What was it like to work with him?', 'other'],
  ] as const)('%s asks %s', (question, kind) => {
    expect(analyse(question).kind).toBe(kind);
  });

  it('keeps what the question is about, without the persona itself and words of asking', () => {
    expect(stemsOf('Ada, what do you think of the Analytical Engine?')).toEqual(['analytical', 'engin']);
    expect(stemsOf('Can a machine think?')).toEqual(['machin', 'think']);
  });

  it('weighs names most', () => {
    const [menabrea, memoir] = analyse('Was it Menabrea who wrote the memoir?').terms.filter((term) => term.weight >= 1);
    expect(menabrea!.weight).toBeGreaterThan(memoir!.weight);
  });

  it.each(['Why?', 'And why was that?', 'Tell me more.', 'How did they do it?'])('takes "%s" as about the message before', (followUp) => {
    const question = analyse(followUp, ['What do earthworms do to the soil?', 'Why is that so?']);
    expect(question.isFollowUp).toBe(true);
    expect(question.terms.map((term) => term.stem)).toEqual(expect.arrayContaining(['earthworm', 'soil']));
  });

  it('takes a new question as new', () => {
    expect(analyse('What is the Jacquard loom?', ['What do earthworms do?']).isFollowUp).toBe(false);
  });

  it('tells small talk, asking and telling apart', () => {
    expect(analyse('Hello!').isSmallTalk).toBe(true);
    expect(analyse('Explain the loom to me').isAsking).toBe(true);
    expect(analyse('I built a loom last year.').isAsking).toBe(false);
    expect(analyse('Tell me about yourself.').isSmallTalk).toBe(false);
  });
});

describe('affinity', () => {
  const term = (word: string) => analyse(`Is the ${word} here?`).terms.find((candidate) => candidate.text === word)!;

  it('knows the word, its family and its derivations, but no chance likeness of a name', () => {
    expect(affinity(term('engines'), 'engin')).toBe(1);
    expect(affinity(term('wife'), 'marry')).toBeGreaterThan(0.5);
    expect(affinity(term('selection'), 'select')).toBeGreaterThan(0.5);
    expect(affinity(term('Stoicism'), 'stoic')).toBeGreaterThan(0.5);
    expect(affinity(term('Commodus'), 'common')).toBe(0);
    expect(affinity(term('loom'), 'look')).toBe(0);
  });
});
