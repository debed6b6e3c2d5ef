import { translate } from '../../../../testing/texts';
import { scheduleWords, whereWords } from './source-words';

describe('scheduleWords', () => {
  it.each([
    [60, 'Every hour'],
    [360, 'Every 6 hours'],
    [1_440, 'Every day'],
    [20_160, 'Every 2 weeks'],
    [90, 'Every 90 minutes'],
  ])('says %d minutes as %s', (everyMinutes, words) => expect(scheduleWords(translate(), { kind: 'interval', everyMinutes })).toBe(words));

  it('shows a cron line with the zone it is meant in', () => {
    expect(scheduleWords(translate(), { kind: 'cron', cron: '0 6 * * 1', timeZone: 'Europe/London' })).toBe('0 6 * * 1 (Europe/London)');
    expect(scheduleWords(translate(), null)).toBe('By hand');
  });
});

describe('whereWords', () => {
  const settings = { depth: 1, maxPages: 10, hosts: [], include: [], exclude: [] };

  it('names the first address of the web, and how many there are besides', () => {
    expect(whereWords(translate(), { kind: 'page', documentCount: 2, settings: { ...settings, urls: ['https://a.example/', 'https://b.example/'] } })).toBe('https://a.example/ and 1 other');
  });

  it('says how many texts or files a source holds', () => {
    expect(whereWords(translate(), { kind: 'upload', documentCount: 3, settings: null })).toBe('3 files');
  });
});
