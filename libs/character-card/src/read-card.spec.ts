import { zipSync } from 'fflate';
import { base64Of, bytesOf, cardJson, pngOf, textChunk } from './cards.fixture.js';
import { readCard } from './read-card.js';

const codesOf = (bytes: Uint8Array) => readCard(bytes).notes.map(({ code }) => code);

const notRecognised = expect.objectContaining({ name: 'DomainError', code: 'import_not_recognised' }) as Error;

describe('readCard', () => {
  it.each([2, 3] as const)('reads a card of version %s, as JSON and in a picture', (version) => {
    const json = cardJson({}, version);
    const fromJson = readCard(bytesOf(json));
    const fromPng = readCard(pngOf(textChunk(version === 3 ? 'ccv3' : 'chara', base64Of(json))));
    expect(fromJson.card).toMatchObject({ version, data: json['data'], beside: {}, own: null });
    expect(fromJson).toMatchObject({ container: 'json', portrait: null, notes: [] });
    expect(fromPng.card).toEqual(fromJson.card);
    expect(fromPng).toMatchObject({ container: 'png', portrait: expect.any(Uint8Array), notes: [] });
  });

  it('reads cards of the first version, under both names of their fields', () => {
    const told = { name: 'Mira', description: 'Keeps a tower.', personality: 'dry', scenario: '', first_mes: 'Sit.', mes_example: '' };
    expect(readCard(bytesOf({ ...told, create_date: 'long ago' })).card).toMatchObject({ version: 1, fields: told, data: { create_date: 'long ago' } });
    const old = { char_name: 'Mira', char_persona: 'Keeps a tower.', char_greeting: 'Sit.', example_dialogue: '', world_scenario: '' };
    expect(readCard(bytesOf(old)).card).toMatchObject({ version: 1, fields: { name: 'Mira', description: 'Keeps a tower.', first_mes: 'Sit.' } });
  });

  it('takes the later of two versions in one picture', () => {
    const png = pngOf(textChunk('chara', base64Of(cardJson({ name: 'Older' }))), textChunk('ccv3', base64Of(cardJson({ name: 'Later' }, 3))));
    expect(readCard(png).card.fields.name).toBe('Later');
  });

  it('reads an archive with its picture, and says which assets it leaves', () => {
    const assets = [
      { type: 'icon', name: 'main', uri: 'embeded://assets/icon/images/main.png', ext: 'png' },
      { type: 'emotion', name: 'happy', uri: 'embeded://assets/emotion/images/happy.png', ext: 'png' },
      { type: 'background', name: 'main', uri: 'https://example.org/tower.png', ext: 'png' },
    ];
    const picture = pngOf();
    const archive = zipSync({ 'card.json': bytesOf(cardJson({ assets }, 3)), 'assets/icon/images/main.png': picture, 'module.risum': bytesOf('x') });
    const { card, container, portrait, notes } = readCard(archive);
    expect(container).toBe('charx');
    expect(Buffer.from(portrait!).equals(picture)).toBe(true);
    expect(card.data['assets']).toEqual([assets[2]]);
    expect(notes).toEqual([{ code: 'assets_left_out', count: 2 }]);
  });

  it('takes a picture in the card, and fetches none from elsewhere', () => {
    const icon = (uri: string) => bytesOf(cardJson({ assets: [{ type: 'icon', name: 'main', uri, ext: 'png' }] }, 3));
    expect(Buffer.from(readCard(icon(`data:image/png;base64,${Buffer.from('picture').toString('base64')}`)).portrait!).toString()).toBe('picture');
    expect(readCard(icon('https://tracker.example/a.png'))).toMatchObject({ portrait: null, notes: [{ code: 'portrait_not_fetched' }] });
  });

  it('reads texts in other encodings of Unicode, and says when bytes were none', () => {
    const json = JSON.stringify(cardJson({ name: 'Mïra' }));
    expect(readCard(Buffer.from(`\uFEFF${json}`, 'utf8')).card.fields.name).toBe('Mïra');
    expect(readCard(Buffer.from(`\uFEFF${json}`, 'utf16le')).card.fields.name).toBe('Mïra');
    const latin = readCard(Buffer.from(json, 'latin1'));
    expect([latin.card.fields.name, latin.notes]).toEqual(['M\uFFFDra', [{ code: 'text_repaired' }]]);
  });

  it('keeps what it does not know, beside and inside, and tells of later versions', () => {
    const later = { ...cardJson({ whatever: { a: [1] } }, 3), spec_version: '3.1', name: 'Mira Voss', chat: 'kept' };
    const { card, notes } = readCard(bytesOf(later));
    expect(card.beside).toEqual({ chat: 'kept' });
    expect(card.data['whatever']).toEqual({ a: [1] });
    expect(notes).toEqual([{ code: 'newer_format' }]);
    expect(readCard(bytesOf({ ...cardJson(), spec: 'chara_card_v4', spec_version: '4.0' })).notes).toEqual([{ code: 'newer_format' }]);
  });

  it.each([
    ['a number', 12],
    ['a list', ['name']],
    ['another JSON', { name: 'left-pad', version: '1.0.0' }],
    ['a lorebook alone', { spec: 'lorebook_v3', data: { entries: [] } }],
    ['a card without data and without a description', { spec: 'chara_card_v2', data: null, name: 'Mira' }],
  ])('does not take %s for a card', (_, value) => {
    expect(() => readCard(bytesOf(value))).toThrow(notRecognised);
  });

  it.each([
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['nothing', new Uint8Array()],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['an archive of something else', zipSync({ 'word/document.xml': bytesOf('<x/>') })],
    ['a picture without a card', pngOf(textChunk('Comment', 'chara'))],
  ])('does not take %s for a card', (_, bytes) => {
    expect(() => readCard(bytes)).toThrow(notRecognised);
  });

  it('has harmless values for whatever stands where a text should be', () => {
    const data = Object.fromEntries(Object.keys(cardJson()['data'] as object).map((key, index) => [key, [null, 7, { $gt: '' }, ['x'], true][index % 5]!]));
    const { card } = readCard(bytesOf(cardJson(data)));
    expect(Object.values(card.fields).flat().every((value) => value === null || typeof value === 'string')).toBe(true);
    expect(codesOf(bytesOf(cardJson(data)))).toEqual([]);
  });
});
