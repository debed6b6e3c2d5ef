import { type DocumentFormat, documentFormatNames, documentFormats } from '@dramatis/contracts/document-formats';
import { GuardedArchive } from './archive/guarded-archive.js';
import { looksLikeZip } from './archive/zip-directory.js';
import { type DecodedText, decodeText, looksBinary } from './decode-text.js';
import type { ExtractionWarning, FileToExtract } from './extracted-file.js';
import { ExtractionError } from './extraction-error.js';
import type { ExtractionLimits } from './extraction-limits.js';
import { foreignFormat, hasPdfHeader } from './foreign-formats.js';
import { declaredHtmlCharset, looksLikeHtml } from './html/sniff-html.js';

export type DetectedFile = { warnings: ExtractionWarning[] } & (
  | { format: 'pdf'; bytes: Uint8Array }
  | { format: 'docx' | 'epub'; archive: GuardedArchive }
  | { format: Exclude<DocumentFormat, 'pdf' | 'docx' | 'epub'>; decoded: DecodedText }
);

type TextFormat = Exclude<DocumentFormat, 'pdf' | 'docx' | 'epub'>;

const sniffedCharacters = 4_096;

/**
 * What a file is: by its content, and where that leaves it open by its content type, then by its name.
 * @throws ExtractionError `empty`, `binary`, `unsupported_format`, `encrypted`, `corrupt`, or why its archive was refused
 */
export function detectFormat(file: FileToExtract, limits: ExtractionLimits): DetectedFile {
  const { bytes } = file;
  if (bytes.length === 0) throw empty();
  const declared = declaredFormat(file);

  if (hasPdfHeader(bytes)) return { format: 'pdf', bytes, warnings: mismatch(declared, 'pdf') };
  if (looksLikeZip(bytes)) {
    const archive = GuardedArchive.open(bytes, limits);
    const format = archiveFormat(archive);
    return { format, archive, warnings: mismatch(declared, format) };
  }
  const foreign = foreignFormat(bytes);
  if (foreign) {
    if (foreign.encryptedOffice) throw new ExtractionError('encrypted', 'The document is protected by a password. Save it without one and give it again.');
    if (declared !== null && declared in textual) throw new ExtractionError('binary', `The file is no text but ${foreign.name}, whatever its name says. ${foreign.advice}`);
    throw unsupported(`The file is ${foreign.name}. ${foreign.advice}`);
  }
  if (declared === 'pdf' || declared === 'docx' || declared === 'epub') {
    if (looksBinary(bytes)) throw new ExtractionError('corrupt', `The file is no ${documentFormats[declared].label}, whatever its name says, or it is damaged. Give it again.`);
  }
  return detectText(file, declared);
}

function detectText(file: FileToExtract, declared: DocumentFormat | null): DetectedFile {
  const charset = charsetOf(file.contentType) ?? declaredHtmlCharset(file.bytes);
  const decoded = decodeText(file.bytes, charset);
  const start = decoded.text.slice(0, sniffedCharacters).replace(/^\ufeff/, '').trimStart();
  if (start === '' && decoded.text.trim() === '') throw empty();
  const refused = refusedMediaType(file.contentType);
  if (refused !== null && !looksLikeHtml(start)) throw unsupported(`The file is ${refused}, not a document. Leave it out.`);
  if (/^(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|urlset|sitemapindex)[\s>]/i.test(start)) {
    throw unsupported('The file is a feed or a sitemap, not a document. Add its address as a source of that kind.');
  }
  if (start.startsWith('{\\rtf')) throw unsupported('The file is rich text (RTF). Save it as Word (.docx), PDF or plain text.');
  const format = textFormat(start, decoded.text, declared);
  return { format, decoded, warnings: [...mismatch(declared, format), ...decoded.warnings] };
}

const textual: Partial<Record<DocumentFormat, true>> = { txt: true, md: true, html: true, json: true, jsonl: true, vtt: true, srt: true };

function textFormat(start: string, text: string, declared: DocumentFormat | null): TextFormat {
  if (/^WEBVTT(?:\s|$)/.test(start)) return 'vtt';
  if (/^(?:\d{1,9}\s{1,4})?\d{1,3}:\d\d:\d\d[,.]\d{1,3} {1,4}--> /.test(start)) return 'srt';
  if (/^<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start) || /^<\?xml[^>]{0,200}>\s*(?:<!doctype\s+html|<html)/i.test(start)) return 'html';
  const json = jsonFormat(start, text, declared);
  if (json) return json;
  if (looksLikeHtml(start) && declared !== 'md' && declared !== 'txt') return 'html';
  // Of what is only text, the sender knows best what kind it is; what it cannot be, it is not.
  if (declared === 'md') return 'md';
  return 'txt';
}

function jsonFormat(start: string, text: string, declared: DocumentFormat | null): 'json' | 'jsonl' | null {
  const opens = start.startsWith('{') || start.startsWith('[');
  if (!opens) {
    if (declared === 'json' || declared === 'jsonl') {
      throw new ExtractionError('corrupt', 'The file is no JSON: it begins with neither { nor [. Name it .txt if it is plain text.');
    }
    return null;
  }
  const lineEnd = text.indexOf('\n', text.search(/\S/));
  const firstLine = text.slice(0, lineEnd === -1 ? undefined : lineEnd);
  const severalValues = start.startsWith('{') && lineEnd !== -1 && text.slice(lineEnd).trim() !== '' && parses(firstLine);
  if (severalValues) return 'jsonl';
  if (declared === 'json' || declared === 'jsonl') return declared;
  return /^(?:\{\s*"|\[\s*[{["])/.test(start) && parses(text) ? 'json' : null;
}

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

function archiveFormat(archive: GuardedArchive): 'docx' | 'epub' {
  if (archive.has('META-INF/container.xml')) return 'epub';
  if (archive.has('word/document.xml')) return 'docx';
  const names = [...archive.names];
  const inFolder = (folder: string) => names.some((name) => name.startsWith(`${folder}/`));
  if (inFolder('xl')) throw unsupported('The file is an Excel workbook. Save what matters in it as text, or as a PDF.');
  if (inFolder('ppt')) throw unsupported('The file is a PowerPoint presentation. Save it as a PDF.');
  if (archive.has('content.xml')) throw unsupported('The file is an OpenDocument file. Save it as Word (.docx) or PDF.');
  if (archive.has('[Content_Types].xml') || archive.has('mimetype')) {
    throw new ExtractionError('corrupt', 'The document lacks its main part, the text. Save it again with the program that made it.');
  }
  throw unsupported('The file is an archive. Unpack it and give the documents that are in it.');
}

/** The format that the sender says it is: by content type, else by the extension of its name or address. */
function declaredFormat({ contentType, fileName, url }: FileToExtract): DocumentFormat | null {
  const mediaType = mediaTypeOf(contentType);
  const byType = documentFormatNames.find((name) => (documentFormats[name].mediaTypes as readonly string[]).includes(mediaType)) ?? null;
  const byName = byExtension(fileName) ?? byExtension(url === undefined ? undefined : pathOf(url));
  // Servers send whatever they do not know as plain text.
  return byType === null || byType === 'txt' ? (byName ?? byType) : byType;
}

function byExtension(name: string | undefined): DocumentFormat | null {
  const extension = /\.[a-z0-9]{1,10}$/i.exec(name ?? '')?.[0].toLowerCase();
  if (extension === undefined) return null;
  return documentFormatNames.find((format) => (documentFormats[format].extensions as readonly string[]).includes(extension)) ?? null;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function mediaTypeOf(contentType: string | undefined): string {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function charsetOf(contentType: string | undefined): string | null {
  return /;\s{0,9}charset\s{0,9}=\s{0,9}"?([\w.:-]{1,40})/i.exec(contentType?.slice(0, 300) ?? '')?.[1] ?? null;
}

/** Text that is sent for programs, not for people. */
function refusedMediaType(contentType: string | undefined): string | null {
  const mediaType = mediaTypeOf(contentType);
  if (mediaType === 'text/css') return 'a style sheet';
  if (/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(mediaType)) return 'a script';
  return null;
}

function mismatch(declared: DocumentFormat | null, found: DocumentFormat): ExtractionWarning[] {
  // JSON Lines are commonly named .json, Markdown and subtitles .txt.
  if (declared === null || declared === found || (declared === 'json' && found === 'jsonl')) return [];
  const message = `The file is given as ${documentFormats[declared].label}, but its content is ${documentFormats[found].label}; it was read as that.`;
  return [{ code: 'format_mismatch', message }];
}

function empty(): ExtractionError {
  return new ExtractionError('empty', 'The file is empty. Check that it was saved, and give it again.');
}

function unsupported(message: string): ExtractionError {
  return new ExtractionError('unsupported_format', message);
}

