import { onOneLine, oneLine } from './one-line.js';

describe('oneLine', () => {
  it.each([
    ['  Ada \r\n Lovelace\u2028', 'Ada Lovelace'],
    ['Ada\u0000\u0007Byron', 'Ada Byron'],
    ['\u202Eecalevol\u202C', 'ecalevol'],
    ['ad\u200Bmin', 'admin'],
    ['👩\u200D🔬 کتاب\u200Cها', '👩\u200D🔬 کتاب\u200Cها'],
  ])('makes %j %j', (given, made) => {
    expect(onOneLine(given)).toBe(made);
  });

  it.each(['', ' \n', '\u200B\u200B', '\u200D', '\u0301', '\u2060'])('has nothing to show of %j', (given) => {
    expect(oneLine(10).safeParse(given).success).toBe(false);
  });

  it('counts what is left', () => {
    expect(oneLine(3).parse(' a\n\n\nb ')).toBe('a b');
    expect(oneLine(3).safeParse('abcd').success).toBe(false);
  });
});
