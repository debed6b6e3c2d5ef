import { cleanText } from '@dramatis/text/clean';
import { type DetectedFile, detectFormat } from './detect-format.js';
import type { ExtractedFile, FileAttributes, FileToExtract } from './extracted-file.js';
import { ExtractionError } from './extraction-error.js';
import { type ExtractionLimits, formatBytes } from './extraction-limits.js';
import type { FormatResult } from './format-result.js';
import { tooMuchText } from './too-much-text.js';

const maxTitleCharacters = 300;

/**
 * What a file says, in this thread, which it may block for long. Use a `DocumentExtractor` for files that others gave.
 * @throws ExtractionError
 */
export async function extractFile(file: FileToExtract, limits: ExtractionLimits): Promise<ExtractedFile> {
  if (file.bytes.length > limits.maxBytes) {
    throw new ExtractionError('too_large', `The file has ${formatBytes(file.bytes.length)}; at most ${formatBytes(limits.maxBytes)} are accepted. Give it in several smaller files.`);
  }
  const detected = detectFormat(file, limits);
  const result = await read(detected, file, limits);
  if (result.markdown.length > limits.maxCharacters) throw tooMuchText(limits);
  const markdown = tidy(result.markdown);
  if (markdown.trim() === '') {
    throw new ExtractionError('no_text', 'There are no words in the file that could be read. Give a version that has text, not pictures of it.');
  }
  const encoding = 'decoded' in detected && detected.decoded.encoding !== 'utf-8' ? detected.decoded.encoding : undefined;
  return {
    format: detected.format,
    contentType: detected.format === 'txt' ? 'text/plain' : 'text/markdown',
    title: titleOf(result, markdown, detected.format === 'txt', file),
    markdown,
    attributes: present({ ...result.attributes, encoding }),
    warnings: [...detected.warnings, ...(result.warnings ?? [])],
  };
}

/** Readers are loaded when they are first needed: a thread that reads only text has no PDF reader in its memory. */
async function read(detected: DetectedFile, file: FileToExtract, limits: ExtractionLimits): Promise<FormatResult> {
  switch (detected.format) {
    case 'txt':
      return (await import('./formats/plain-text.js')).extractPlainText(detected.decoded.text);
    case 'md':
      return (await import('./formats/plain-text.js')).extractMarkdown(detected.decoded.text);
    case 'html':
      return (await import('./formats/web-page.js')).extractWebPage(detected.decoded.text, file.url);
    case 'vtt':
    case 'srt':
      return (await import('./formats/subtitles.js')).extractSubtitles(detected.decoded.text);
    case 'json':
      return (await import('./formats/json-transcript.js')).extractJson(detected.decoded.text);
    case 'jsonl':
      return (await import('./formats/json-transcript.js')).extractJsonLines(detected.decoded.text);
    case 'pdf':
      return (await import('./pdf/extract-pdf.js')).extractPdf(detected.bytes, limits);
    case 'docx':
      return (await import('./formats/word-document.js')).extractWordDocument(detected.archive, limits);
    case 'epub':
      return (await import('./formats/epub-book.js')).extractEpub(detected.archive, limits);
  }
}

/** One kind of line ending, and no run of blank lines. The characters are cleaned by whoever reads the sections. */
function tidy(markdown: string): string {
  return markdown.toWellFormed().replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').replace(/\n{3,}/g, '\n\n').trimEnd();
}

function titleOf(result: FormatResult, markdown: string, plain: boolean, file: FileToExtract): string {
  const heading = plain ? null : (/^#{1,2}[ \t]+(\S[^\n]{0,300})$/m.exec(markdown.slice(0, 20_000))?.[1] ?? null);
  const candidates = [result.title, heading, nameWithoutExtension(file.fileName), lastOfPath(file.url), 'Untitled document'];
  return candidates.map((title) => cleanText(title?.slice(0, 2_000) ?? '').replace(/\s+/g, ' ')).find((title) => title !== '')!.slice(0, maxTitleCharacters).trim();
}

function nameWithoutExtension(fileName: string | undefined): string | null {
  return fileName?.split(/[\\/]/).at(-1)?.replace(/\.[a-z0-9]{1,10}$/i, '').replace(/[_]+/g, ' ') ?? null;
}

function lastOfPath(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { pathname, hostname } = new URL(url);
  const last = pathname.split('/').filter((part) => part !== '').at(-1);
  if (last === undefined) return hostname;
  try {
    return nameWithoutExtension(decodeURIComponent(last))?.replace(/[-+]+/g, ' ') ?? null;
  } catch {
    return last;
  }
}

function present(attributes: FormatResult['attributes']): FileAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
