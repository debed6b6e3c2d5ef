import { translate } from '../../../../testing/texts';
import { newSource, scheduleOf, titleOf } from './source-form-data';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}
const nothing = { personaId: 'ada-lovelace', documents: [], uploads: [] };

describe('newSource', () => {
  it('asks for a site with its limits, and names it after its host', () => {
    const data = form({ urls: ' https://example.org/essays/ \n', depth: '2', maxPages: '40', hosts: '*.example.org', include: '/essays/**\n\n', exclude: '', schedule: '' });
    expect(newSource(translate(), data, { ...nothing, kind: 'site' })).toEqual({
      kind: 'site',
      personaId: 'ada-lovelace',
      name: 'example.org',
      publish: 'automatic',
      schedule: null,
      settings: { urls: ['https://example.org/essays/'], depth: 2, maxPages: 40, hosts: ['*.example.org'], include: ['/essays/**'], exclude: [] },
    });
  });

  it('sends a page nothing but its addresses, since its kind takes no more', () => {
    const data = form({ urls: 'https://a.example/\nhttps://b.example/', name: 'Two pages', publish: 'manual' });
    expect(newSource(translate(), data, { ...nothing, kind: 'page' })).toMatchObject({ name: 'Two pages', publish: 'manual', settings: { urls: ['https://a.example/', 'https://b.example/'] } });
  });

  it('names files after the first of them', () => {
    const uploads = [
      { uploadId: '1', fileName: 'letters.pdf' },
      { uploadId: '2', fileName: 'notes.docx' },
    ];
    expect(newSource(translate(), form({}), { ...nothing, kind: 'upload', uploads })).toMatchObject({ name: 'letters.pdf and 1 more', uploadIds: ['1', '2'] });
  });
});

describe('scheduleOf', () => {
  it.each([
    [{ schedule: '' }, null],
    [{ schedule: 'interval', every: '6', everyUnit: '60' }, { kind: 'interval', everyMinutes: 360 }],
    [{ schedule: 'cron', cron: '0 6 * * 1', timeZone: 'Europe/London' }, { kind: 'cron', cron: '0 6 * * 1', timeZone: 'Europe/London' }],
  ])('reads %j', (fields, schedule) => expect(scheduleOf(form(fields as Record<string, string>))).toEqual(schedule));
});

describe('titleOf', () => {
  it('takes the first line that says something, without its heading mark', () => {
    expect(titleOf('  ', '\n\n# On weaving\nText')).toBe('On weaving');
  });

  it('cuts a long line between words', () => {
    expect(titleOf('', 'word '.repeat(40))).toMatch(/^(word )+word…$/);
  });

  it('keeps a title that was given', () => {
    expect(titleOf(' Mine ', 'Text')).toBe('Mine');
  });
});
