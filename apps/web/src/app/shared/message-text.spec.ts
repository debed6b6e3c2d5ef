import { messageParts } from './message-text';

describe('messageParts', () => {
  it('sets apart what is quoted', () => {
    expect(messageParts('> It weaves.\n> It counts.\n\nHow?\nAnd why?')).toEqual([
      { quoted: true, text: 'It weaves.\nIt counts.' },
      { quoted: false, text: 'How?\nAnd why?' },
    ]);
  });

  it('leaves other marks as they are', () => {
    expect(messageParts('a > b\n <b>x</b>')).toEqual([{ quoted: false, text: 'a > b\n <b>x</b>' }]);
  });
});
