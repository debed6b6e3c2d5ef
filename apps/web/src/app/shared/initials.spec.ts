import { initialsOf } from './initials';

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['Leonardo da Vinci', 'LV'],
    ['ada.l', 'A'],
    ['mary shelley', 'MS'],
    ['“Ada” Lovelace (1815)', 'AL'],
    ['Émilie du Châtelet', 'ÉC'],
    ['李白', '李'],
    ['?', '?'],
    ['  ', ''],
  ])('of %s is %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
