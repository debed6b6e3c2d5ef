import { titleOf } from './conversation-title.js';

describe('titleOf', () => {
  it('takes a short message as it is', () => {
    expect(titleOf('  What is   the Analytical Engine?\nAnd why?')).toBe('What is the Analytical Engine?');
  });

  it('passes over what is quoted, unless there is nothing else', () => {
    expect(titleOf('> It weaves.\n> It counts.\n\nHow does it weave?')).toBe('How does it weave?');
    expect(titleOf('> It weaves.')).toBe('It weaves.');
  });

  it('cuts a long one between words', () => {
    const title = titleOf('word '.repeat(60));
    expect(title.length).toBeLessThanOrEqual(81);
    expect(title).toMatch(/word…$/);
  });

  it('cuts inside a word only when there is no space', () => {
    expect(titleOf('x'.repeat(500))).toMatch(/^x{70,80}…$/);
  });

  it('leaves no half of a character', () => {
    const title = titleOf('🦉'.repeat(100));
    expect(title.isWellFormed()).toBe(true);
  });
});
