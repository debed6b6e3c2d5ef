import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { base64Of, bytesOf, cardJson, pngOf, textChunk } from './cards.fixture.js';
import { knowledgeOfCard } from './knowledge-of-card.js';
import { personaOfCard } from './persona-of-card.js';
import { readCard } from './read-card.js';
import { writeCard } from './write-card.js';

const refused = (code?: string): Error => expect.objectContaining({ name: 'DomainError', ...(code && { code }) }) as Error;
const png = pngOf(textChunk('chara', base64Of(cardJson())));

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
}

/** A card's text as a packed chunk. */
function packed(text: string | Uint8Array, keyword = 'chara') {
  return { type: 'zTXt', data: Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(text)]) };
}

function international(text: string, isPacked: boolean) {
  const body = isPacked ? deflateSync(text) : Buffer.from(text);
  return { type: 'iTXt', data: Buffer.concat([Buffer.from(`chara\0${isPacked ? '\x01' : '\0'}\0en\0Karte\0`, 'latin1'), body]) };
}

describe('pictures with tricks', () => {
  it('cut off anywhere are no card', () => {
    for (let end = 8; end < png.length; end += 7) expect(() => readCard(png.subarray(0, end))).toThrow(refused('import_damaged'));
  });

  it('changed by one bit anywhere after the signature are damaged', () => {
    for (let at = 8; at < png.length; at += 5) {
      expect(() => readCard(changed(png, at, png[at]! ^ 0x10))).toThrow(refused());
    }
  });

  it.each([0xffffffff, 0x7fffffff, 0x00ffffff])('claim %d bytes for a part, and none of them is read', (length) => {
    const claimed = Uint8Array.from(png);
    new DataView(claimed.buffer).setUint32(33, length);
    expect(() => readCard(claimed)).toThrow(refused('import_damaged'));
  });

  it('do not begin with their header, or have no end', () => {
    expect(() => readCard(changed(png, 12, 0x49, 0x44, 0x41, 0x54))).toThrow(refused('import_damaged'));
    expect(() => readCard(png.subarray(0, png.length - 12))).toThrow(refused('import_damaged'));
  });

  it('hold the card packed or international, which is read, up to a size', () => {
    const text = base64Of(cardJson());
    for (const chunk of [packed(text), international(text, false), international(text, true)]) {
      expect(readCard(pngOf(chunk)).card.fields.name).toBe('Mira Voss');
    }
    const bomb = packed(Buffer.alloc(64 * 1024 * 1024, 'A'));
    expect(bomb.data.length).toBeLessThan(100_000);
    expect(() => readCard(pngOf(bomb))).toThrow(refused('import_too_large'));
    expect(() => readCard(pngOf({ type: 'zTXt', data: Buffer.from('chara\0\0no stream') }))).toThrow(refused('import_damaged'));
    expect(() => readCard(pngOf({ type: 'zTXt', data: Buffer.from('chara\0\x07') }))).toThrow(refused('import_damaged'));
    expect(() => readCard(pngOf({ type: 'iTXt', data: Buffer.from('chara\0\0\0en') }))).toThrow(refused('import_damaged'));
    expect(() => readCard(pngOf({ type: 'tEXt', data: Buffer.from('chara') }))).toThrow(refused('import_damaged'));
  });

  it('hold a bomb in a text that is not asked for, which is not unpacked', () => {
    expect(readCard(pngOf(packed(Buffer.alloc(64 * 1024 * 1024), 'Comment'), textChunk('chara', base64Of(cardJson())))).card.fields.name).toBe('Mira Voss');
  });

  it('hold two different cards', () => {
    const two = pngOf(textChunk('chara', base64Of(cardJson())), textChunk('chara', base64Of(cardJson({ name: 'Another' }))));
    expect(() => readCard(two)).toThrow(refused('import_refused'));
    expect(readCard(pngOf(textChunk('chara', base64Of(cardJson())), textChunk('chara', base64Of(cardJson())))).card.fields.name).toBe('Mira Voss');
  });

  it('hold what is not base64, or JSON as it is', () => {
    for (const text of ['', '!!!!', 'abcde', 'YWJj*ZGVm']) expect(() => readCard(pngOf(textChunk('chara', text)))).toThrow(refused('import_damaged'));
    expect(() => readCard(pngOf(textChunk('chara', base64Of('{"name": "cut'))))).toThrow(refused('import_damaged'));
    expect(readCard(pngOf(textChunk('chara', JSON.stringify(cardJson({ name: 'Mïra' }))))).card.fields.name).toBe('Mïra');
    const folded = base64Of(cardJson()).replace(/.{76}/g, '$&\r\n');
    expect(readCard(pngOf(textChunk('chara', folded))).card.fields.name).toBe('Mira Voss');
  });

  it('carry megabytes behind their end, which is not looked at', () => {
    expect(readCard(Buffer.concat([png, Buffer.alloc(2_000_000, 'PK\x03\x04')])).card.fields.name).toBe('Mira Voss');
  });
});

describe('JSON with tricks', () => {
  it.each(['[', '{"a":'])('nested ten thousand times by %j is refused before it is parsed', (open) => {
    const text = open.repeat(10_000) + '1' + (open === '[' ? ']' : '}').repeat(10_000);
    const card = JSON.stringify(cardJson({ extensions: {} })).replace('"extensions":{}', `"extensions":${text}`);
    expect(() => readCard(bytesOf(card))).toThrow(refused('import_too_large'));
    expect(() => readCard(bytesOf(text))).toThrow(refused());
  });

  it('is not fooled by brackets in texts', () => {
    const description = `${'['.repeat(1_000)}\\"{{{${'{'.repeat(1_000)}`;
    expect(readCard(bytesOf(cardJson({ description }))).card.fields.description).toBe(description);
  });

  it('of too many values or too many bytes is refused', () => {
    expect(() => readCard(bytesOf(cardJson({ extensions: { many: Array.from({ length: 300_000 }, () => 0) } })))).toThrow(refused('import_too_large'));
    expect(() => readCard(bytesOf(cardJson({ description: 'x'.repeat(10_000_000) })))).toThrow(refused('import_too_large'));
    expect(() => readCard(Buffer.alloc(33 * 1024 * 1024, '{'))).toThrow(refused('import_too_large'));
  });

  it('cannot reach the prototype of anything', () => {
    const trick = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":"x"}';
    const text = JSON.stringify(cardJson({ extensions: {} })).replace('"extensions":{}', `"__proto__":{"isAdmin":true},"extensions":${trick}`);
    const { card, notes } = readCard(bytesOf(text));
    expect(notes).toEqual([{ code: 'unsafe_keys_left_out', count: 2 }]);
    const { profile } = personaOfCard(card);
    for (const value of [{}, [], card.data, card.fields, profile, card.data['extensions']]) expect((value as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    const written = writeCard(card, 2);
    expect(written).not.toContain('__proto__');
    expect(written).toContain('"constructor"');
    expect(JSON.parse(written)).toMatchObject({ data: { extensions: { toString: 'x' } } });
  });

  it('takes halves of characters and control characters out of the persona, and gives them back in the card', () => {
    const description = 'A\ud800B\u0000C\u001b[31mD\r\nE';
    const { card } = readCard(bytesOf(cardJson({ description, name: '\udfffMira\n\u0007Voss', tags: ['\ud800'] })));
    const { profile } = personaOfCard(card);
    expect(profile).toMatchObject({ description: 'A\uFFFDBC[31mD\nE', name: '\uFFFDMira Voss', knowledgeDomains: ['\uFFFD'] });
    expect(JSON.parse(writeCard(card, 2))).toMatchObject({ data: { description } });
  });

  it('with markup and scripts in every field is a text like any other', () => {
    const script = '<script>alert(1)</script><img src=x onerror=alert(1)>{{constructor.constructor("alert(1)")()}}${alert(1)}';
    const data = Object.fromEntries(Object.entries(cardJson()['data'] as object).map(([key, value]) => [key, typeof value === 'string' ? script : value]));
    const { card } = readCard(bytesOf(cardJson({ ...data, tags: [script], alternate_greetings: [script] })));
    const { profile, notes } = personaOfCard(card);
    expect(profile.description).toBe(script);
    expect(profile.name).toContain('<script>');
    expect(notes.map(({ code }) => code)).toContain('macros_kept');
    expect(knowledgeOfCard(card).documents[0]!.text).toContain(script);
  });

  it('that claims to be written by Dramatis is checked like any other', () => {
    const own = { version: 1, profile: { name: 'Mira Voss', description: 'x', hue: 200, imageUrl: 'https://tracker.example/x.png', modelRoute: ['expensive'] } };
    const { card } = readCard(bytesOf(cardJson({ extensions: { dramatis: own, other: 1 } })));
    expect(card.data['extensions']).toEqual({ other: 1 });
    expect(personaOfCard(card).profile).toMatchObject({ hue: 200, description: expect.stringContaining('clock tower') });
    expect(personaOfCard(card).profile).not.toHaveProperty('imageUrl');
    expect(personaOfCard(card).profile).not.toHaveProperty('modelRoute');
    const bad = { ...own, profile: { ...own.profile, status: 'active', corpus: { corpusVersion: 9 } } };
    expect(readCard(bytesOf(cardJson({ extensions: { dramatis: bad } }))).card.own).toBeNull();
  });
});

describe('archives with tricks', () => {
  it.each([
    ['leads out of itself', { 'card.json': bytesOf(cardJson()), '../../etc/passwd': bytesOf('x') }, 'import_refused'],
    ['unpacks to too much', { 'card.json': bytesOf(cardJson()), 'assets/x.bin': new Uint8Array(80 * 1024 * 1024) }, 'import_too_large'],
    ['has a card that is too large', { 'card.json': Buffer.alloc(9 * 1024 * 1024, ' ') }, 'import_too_large'],
  ] as const)('one that %s is refused', (_, files, code) => {
    expect(() => readCard(zipSync(files as unknown as Record<string, Uint8Array>))).toThrow(refused(code));
  });

  it('cut off is damaged', () => {
    const archive = zipSync({ 'card.json': bytesOf(cardJson()) });
    expect(() => readCard(archive.subarray(0, archive.length - 30))).toThrow(refused('import_damaged'));
  });
});
