import { translate } from '../../../../testing/texts';
import { counted, duration, rate, size, timeLeft } from './figures';

describe('figures', () => {
  it.each([
    [1, '1 document'],
    [0, '0 documents'],
    [12_340, '12,340 documents'],
  ])('counts %d as %s', (value, words) => expect(counted(translate(), value, 'document')).toBe(words));

  it.each([
    [640, '640 B'],
    [1_500, '1.5 kB'],
    [12_400, '12 kB'],
    [3_400_000, '3.4 MB'],
    [104_857_600, '105 MB'],
  ])('tells %d bytes as %s', (bytes, words) => expect(size(translate(), bytes)).toBe(words));

  it.each([
    [380, '380 ms'],
    [4_210, '4.2 s'],
    [59_600, '1 min 0 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('tells %d milliseconds as %s', (milliseconds, words) => expect(duration(translate(), milliseconds)).toBe(words));

  it('promises no precision of what is left', () => {
    expect([3, 34, 52, 70, 185, 4_000].map((value) => timeLeft(translate(), value))).toEqual(['a few seconds', 'about 40 seconds', 'about a minute', 'about a minute', 'about 3 minutes', 'about an hour']);
  });

  it('changes the unit of a slow rate rather than showing zero', () => {
    expect([24.4, 2.31, 0.33].map((value) => rate(translate(), value))).toEqual(['24 a second', '2.3 a second', '20 a minute']);
  });
});
