import type { ExtractionFailureCode } from '@dramatis/contracts/extraction-failure-codes';
import { strToU8, zipSync } from 'fflate';
import { makeDocx } from './make-docx.js';
import { makeEpub } from './make-epub.js';
import { makePdf } from './make-pdf.js';

export interface BadDocument {
  fileName: string;
  contentType?: string;
  make: () => Uint8Array;
  /** Why nothing is taken from it. */
  code: ExtractionFailureCode;
}

export interface OddDocument {
  fileName: string;
  contentType?: string;
  make: () => Uint8Array;
  /** What is found in it all the same. */
  contains: string;
  /** Codes of the warnings that go with it. */
  warnings: string[];
}

const bytesOfZeros = 4 * 1024 * 1024;
const words = 'The fog came in over the harbour before the boats did.';

/** Files from which nothing can be taken, by name, with the code of the reason. Limits are the default ones. */
export const badDocuments: Record<string, BadDocument> = {
  empty: { fileName: 'empty.txt', make: () => new Uint8Array(0), code: 'empty' },
  'white space only': { fileName: 'blank.md', make: () => utf8(' \n\t\r\n\u00a0\n'), code: 'empty' },
  'binary named .txt': { fileName: 'notes.txt', make: () => pseudoRandom(4_096), code: 'binary' },
  'picture named .txt': { fileName: 'notes.txt', make: () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...pseudoRandom(256)]), code: 'binary' },
  'picture': { fileName: 'photo.png', contentType: 'image/png', make: () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...pseudoRandom(256)]), code: 'unsupported_format' },
  'broken text': { fileName: 'notes.txt', make: () => Uint8Array.from([0xff, 0xfe, ...repeat([0x00, 0xd8], 400), ...repeat([0x41, 0x00], 400)]), code: 'invalid_encoding' },
  'script sent as JavaScript': { fileName: 'app.js', contentType: 'text/javascript', make: () => utf8('export const one = 1;\n'), code: 'unsupported_format' },
  'feed': { fileName: 'feed.xml', contentType: 'application/rss+xml', make: () => utf8('<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'), code: 'unsupported_format' },
  'encrypted PDF': { fileName: 'secret.pdf', make: () => makePdf({ pages: [[words]], encrypted: true }), code: 'encrypted' },
  'truncated PDF': { fileName: 'cut.pdf', make: () => makePdf({ pages: [[words]] }).slice(0, 60), code: 'corrupt' },
  'PDF that is none': { fileName: 'none.pdf', make: () => pseudoRandom(4_096), code: 'corrupt' },
  'PDF with very many pages': { fileName: 'many.pdf', make: () => makePdf({ pages: Array.from({ length: 2_001 }, (_, index) => [`Page ${index}`]) }), code: 'too_many_pages' },
  'PDF without text': { fileName: 'scan.pdf', make: () => makePdf({ pages: [[], []] }), code: 'no_text' },
  'truncated docx': { fileName: 'cut.docx', make: () => makeDocx({ paragraphs: [words] }).slice(0, 900), code: 'corrupt' },
  'docx without a text': { fileName: 'none.docx', make: () => zipSync({ '[Content_Types].xml': utf8('<Types/>') }), code: 'corrupt' },
  'docx of broken XML': { fileName: 'broken.docx', make: () => makeDocx({ paragraphs: [], members: { 'word/document.xml': utf8('<w:document><w:body>') } }), code: 'corrupt' },
  'docx bomb': { fileName: 'bomb.docx', make: () => makeDocx({ paragraphs: [words], members: { 'word/media/zeros.xml': new Uint8Array(bytesOfZeros) } }), code: 'archive_bomb' },
  'docx bomb that lies about its size': { fileName: 'liar.docx', make: () => lyingAboutSize(makeDocx({ paragraphs: [], members: { 'word/document.xml': new Uint8Array(8 * 1024 * 1024) } }), 'word/document.xml'), code: 'archive_bomb' },
  'docx with a nested bomb': { fileName: 'nested.docx', make: () => makeDocx({ paragraphs: [words], members: { 'word/embeddings/inner.bin': nestedBomb() } }), code: 'archive_bomb' },
  'docx of archives in archives': { fileName: 'matryoshka.docx', make: () => makeDocx({ paragraphs: [words], members: { 'inner.zip': nested(4) } }), code: 'archive_bomb' },
  'docx with very many members': { fileName: 'crowd.docx', make: () => makeDocx({ paragraphs: [words], members: Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`customXml/${index}.xml`, utf8('')])) }), code: 'archive_bomb' },
  'epub bomb': { fileName: 'bomb.epub', make: () => makeEpub({ title: 'Bomb', chapters: [chapter()], members: { 'OEBPS/zeros.xhtml': new Uint8Array(bytesOfZeros) } }), code: 'archive_bomb' },
  'epub with a nested bomb': { fileName: 'nested.epub', make: () => makeEpub({ title: 'Bomb', chapters: [chapter()], members: { 'OEBPS/inner.zip': nestedBomb() } }), code: 'archive_bomb' },
  'epub with a path out of it': { fileName: 'path.epub', make: () => makeEpub({ title: 'Path', chapters: [chapter()], members: { '../../etc/cron.d/job': utf8('no') } }), code: 'archive_path_refused' },
  'epub with an absolute path': { fileName: 'absolute.epub', make: () => makeEpub({ title: 'Path', chapters: [chapter()], members: { '/etc/passwd': utf8('no') } }), code: 'archive_path_refused' },
  'epub with a backslash path': { fileName: 'backslash.epub', make: () => makeEpub({ title: 'Path', chapters: [chapter()], members: { '..\\..\\system': utf8('no') } }), code: 'archive_path_refused' },
  'epub with a symbolic link': { fileName: 'link.epub', make: () => makeEpub({ title: 'Link', chapters: [chapter()], members: { 'OEBPS/link': [utf8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] } }), code: 'archive_path_refused' },
  'epub without a spine': { fileName: 'spineless.epub', make: () => makeEpub({ title: 'No order', chapters: [chapter()], spine: false }), code: 'corrupt' },
  'epub whose chapters are missing': { fileName: 'hollow.epub', make: () => makeEpub({ title: 'Hollow', chapters: [chapter()], hrefs: ['../../../etc/passwd'] }), code: 'corrupt' },
  'epub with copy protection': { fileName: 'drm.epub', make: () => makeEpub({ title: 'DRM', chapters: [chapter()], members: { 'META-INF/encryption.xml': utf8('<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/text/chapter-1.xhtml"/></CipherData></EncryptedData></encryption>') } }), code: 'encrypted' },
  'zip archive': { fileName: 'letters.zip', make: () => zipSync({ 'letter.txt': utf8(words) }), code: 'unsupported_format' },
  'page that is all boilerplate': { fileName: 'menu.html', make: () => utf8(`<html><body><nav>${'<a href="/x">Menu entry</a>'.repeat(50)}</nav><footer>Imprint</footer><script>var text = 1;</script></body></html>`), code: 'no_text' },
  'JSON that is cut off': { fileName: 'chat.json', make: () => utf8('[{"speaker":"Ann","text":"Hel'), code: 'corrupt' },
  'JSON without any text': { fileName: 'numbers.json', make: () => utf8('{"rows":[[1,2],[3,4]]}'), code: 'unsupported_format' },
  'deeply nested JSON': { fileName: 'deep.json', make: () => utf8(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), code: 'unsupported_format' },
  'JSON lines that are none': { fileName: 'chat.jsonl', make: () => utf8('{"a":\n{"b":\n{"c":\n'), code: 'corrupt' },
  'subtitles without times': { fileName: 'film.vtt', make: () => utf8('WEBVTT\n\nHello there.\n'), code: 'corrupt' },
};

/** Files that are not as they should be, from which the text is taken all the same. */
export const oddDocuments: Record<string, OddDocument> = {
  'page named .txt': { fileName: 'page.txt', make: () => utf8(`<!doctype html><html><body><p>${words}</p></body></html>`), contains: words, warnings: ['format_mismatch'] },
  'PDF sent as a page': { fileName: 'download', contentType: 'text/html', make: () => makePdf({ pages: [[words]] }), contains: words, warnings: ['format_mismatch'] },
  'docx named .pdf': { fileName: 'letter.pdf', make: () => makeDocx({ paragraphs: [words] }), contains: words, warnings: ['format_mismatch'] },
  'text named .docx': { fileName: 'letter.docx', make: () => utf8(words), contains: words, warnings: ['format_mismatch'] },
  'text sent as an unknown kind': { fileName: 'letter', contentType: 'application/octet-stream', make: () => utf8(words), contains: words, warnings: [] },
  'UTF-8 with a few broken bytes': { fileName: 'notes.txt', make: () => Uint8Array.from([...utf8('Café, naïve, façade and '), 0xff, 0xc3, ...utf8(` ${words}`)]), contains: words, warnings: ['invalid_bytes'] },
  'UTF-8 with a byte order mark': { fileName: 'notes.txt', make: () => Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8(`Café. ${words}`)]), contains: 'Café.', warnings: [] },
  'UTF-16 with a byte order mark': { fileName: 'notes.txt', make: () => Uint8Array.from([0xff, 0xfe, ...Buffer.from(`Café. ${words}`, 'utf16le')]), contains: 'Café.', warnings: [] },
  'UTF-16 without a byte order mark': { fileName: 'notes.txt', make: () => Uint8Array.from(Buffer.from(`Café. ${words}`, 'utf16le')), contains: 'Café.', warnings: [] },
  'Latin-1 page that says so': { fileName: 'page.html', contentType: 'text/html; charset=iso-8859-1', make: () => Uint8Array.from(Buffer.from(`<html><body><p>Café. ${words}</p></body></html>`, 'latin1')), contains: 'Café.', warnings: [] },
  'Latin-1 text that does not': { fileName: 'notes.txt', make: () => Uint8Array.from(Buffer.from(`Das Café am Müllerplatz schließt früh. ${words}`, 'latin1')), contains: 'Café am Müllerplatz schließt', warnings: ['encoding_guessed'] },
  'line of 100,000 characters': { fileName: 'line.md', make: () => utf8(`${words} ${'a(b[c*_<!-- '.repeat(9_000)}`), contains: words, warnings: [] },
  'line of 9 million characters': { fileName: 'line.txt', make: () => utf8(`${words} ${'wave '.repeat(1_800_000)}`), contains: words, warnings: [] },
  'page of one line': { fileName: 'line.html', make: () => utf8(`<html><body><p>${words}</p><p>${'< <a <b c="'.repeat(20_000)}</p></body></html>`), contains: words, warnings: [] },
  'page of 10,000 nested elements': { fileName: 'deep.html', make: () => utf8(`<html><body><p>${words}</p>${'<div>'.repeat(10_000)}Bottom${'</div>'.repeat(10_000)}</body></html>`), contains: 'Bottom', warnings: ['nesting_flattened'] },
  'page of 20,000 unclosed elements': { fileName: 'open.html', make: () => utf8(`<html><body><p>${words}</p>${'<b>'.repeat(20_000)}Bold</body></html>`), contains: 'Bold', warnings: ['nesting_flattened'] },
  'JSON lines of which one is cut off': { fileName: 'chat.jsonl', make: () => utf8(`{"speaker":"Ann","text":"Hello."}\n{"speaker":"Bo","text":"${words}"}\n{"speaker":"An`), contains: words, warnings: ['parts_left_out'] },
  'epub that lacks a chapter': { fileName: 'gap.epub', make: () => makeEpub({ title: 'Gap', chapters: [chapter(), chapter()], hrefs: ['text/chapter-1.xhtml', 'text/lost.xhtml'] }), contains: words, warnings: ['parts_left_out'] },
  'docx with a sheet in it': { fileName: 'sheet.docx', make: () => makeDocx({ paragraphs: [words], members: { 'word/embeddings/sheet.xlsx': zipSync({ 'xl/workbook.xml': utf8('<workbook/>') }) } }), contains: words, warnings: [] },
};

function chapter() {
  return { title: 'Fog', html: `<p>${words}</p>` };
}

/** A small archive, in an archive, that unpacks to a thousand times its size. */
function nestedBomb(): Uint8Array {
  const inner = zipSync(Object.fromEntries(Array.from({ length: 2 }, (_, index) => [`${index}.bin`, new Uint8Array(bytesOfZeros)])), { level: 9 });
  return zipSync({ 'inner.zip': [inner, { level: 0 }] });
}

function nested(levels: number): Uint8Array {
  return levels === 0 ? zipSync({ 'note.txt': utf8(words) }) : zipSync({ 'inner.zip': nested(levels - 1) });
}

/** Declares one byte for a member, wherever its size is written. */
function lyingAboutSize(archive: Uint8Array, name: string): Uint8Array {
  const bytes = Buffer.from(archive);
  for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + 1)) {
    if (bytes.readUInt32LE(at - 46 < 0 ? 0 : at - 46) === 0x02014b50) bytes.writeUInt32LE(1, at - 46 + 24);
    else if (at >= 30 && bytes.readUInt32LE(at - 30) === 0x04034b50) bytes.writeUInt32LE(1, at - 30 + 22);
  }
  return Uint8Array.from(bytes);
}

/** The same bytes each time, without a pattern. */
function pseudoRandom(length: number): Uint8Array {
  let state = 12_345;
  return Uint8Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state >> 8) & 255;
  });
}

function repeat(bytes: readonly number[], times: number): number[] {
  return Array.from({ length: times }, () => bytes).flat();
}

function utf8(text: string): Uint8Array {
  return strToU8(text);
}
