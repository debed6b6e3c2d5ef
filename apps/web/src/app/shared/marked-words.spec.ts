import { markedWords } from './marked-words';

describe('markedWords', () => {
  it('marks what was looked for, whatever its case', () => {
    expect(markedWords('The Engine weaves', 'engine WEAVE')).toEqual([
      { text: 'The ', marked: false },
      { text: 'Engine', marked: true },
      { text: ' ', marked: false },
      { text: 'weave', marked: true },
      { text: 's', marked: false },
    ]);
  });

  it('marks a phrase as a whole, and not its words where they stand apart', () => {
    expect(markedWords('Engine of the Difference–Engine', '"difference engine"')).toEqual([
      { text: 'Engine of the ', marked: false },
      { text: 'Difference–Engine', marked: true },
    ]);
  });

  it('marks what has accents, behind what takes two units', () => {
    expect(markedWords('🦉 Émile', 'emile')).toEqual([
      { text: '🦉 ', marked: false },
      { text: 'Émile', marked: true },
    ]);
  });

  it('takes nothing of the search for a pattern', () => {
    expect(markedWords('a.c', '.*')).toEqual([{ text: 'a.c', marked: false }]);
  });
});
