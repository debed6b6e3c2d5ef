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

  it('takes nothing of the search for a pattern', () => {
    expect(markedWords('a.c', '.*')).toEqual([{ text: 'a.c', marked: false }]);
  });
});
