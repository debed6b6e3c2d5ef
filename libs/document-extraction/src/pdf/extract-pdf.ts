import { getDocumentProxy, getMeta } from 'unpdf';
import type { ExtractionWarning } from '../extracted-file.js';
import { ExtractionError } from '../extraction-error.js';
import type { ExtractionLimits } from '../extraction-limits.js';
import type { FormatResult } from '../format-result.js';
import { tooMuchText } from '../too-much-text.js';
import { linesAsMarkdown } from './lines-as-markdown.js';
import { type PdfLine, type PdfTextItem, pageLines } from './page-lines.js';
import { withoutRunningLines } from './running-lines.js';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

const silent = 0;
const generatedTitle = /^(?:untitled|microsoft word|unknown|document\d*$)|\.(?:docx?|indd|tex|dvi|qxd|pages)$/i;

/** The text of a PDF, page by page, as paragraphs under the headings that its letter sizes show. */
export async function extractPdf(bytes: Uint8Array, limits: ExtractionLimits): Promise<FormatResult> {
  const pdf = await open(bytes);
  try {
    if (pdf.numPages > limits.maxPages) {
      throw new ExtractionError('too_many_pages', `The PDF has ${pdf.numPages.toLocaleString('en')} pages; at most ${limits.maxPages.toLocaleString('en')} are accepted. Split it and give the parts.`);
    }
    const { pages, unreadable } = await readPages(pdf, limits);
    if (unreadable === pdf.numPages) throw corrupt();
    const warnings: ExtractionWarning[] = [];
    if (unreadable > 0) warnings.push({ code: 'parts_left_out', message: `${unreadable} of ${pdf.numPages} pages are damaged and were left out.` });
    const textless = pages.filter((lines) => lines.length === 0).length - unreadable;
    if (textless === pdf.numPages) {
      throw new ExtractionError('no_text', 'The PDF has no text, only pictures of it, as scanners make. Run text recognition (OCR) on it and give the result.');
    }
    if (textless > 1 && textless * 4 > pdf.numPages) {
      warnings.push({ code: 'parts_left_out', message: `${textless} of ${pdf.numPages} pages have no text; they may be scanned. Text recognition (OCR) would make them readable.` });
    }
    return { ...(await metadata(pdf)), markdown: linesAsMarkdown(withoutRunningLines(pages)), warnings };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await getDocumentProxy(bytes, { verbosity: silent, useWorkerFetch: false, enableXfa: false });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new ExtractionError('encrypted', 'The PDF is protected by a password. Save it without one and give it again.', { cause: error });
    }
    throw error instanceof RangeError ? error : corrupt(error);
  }
}

async function readPages(pdf: PdfDocument, limits: ExtractionLimits): Promise<{ pages: PdfLine[][]; unreadable: number }> {
  const pages: PdfLine[][] = [];
  let characters = 0;
  let unreadable = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const lines = pageLines(items as PdfTextItem[]);
      page.cleanup();
      pages.push(lines);
      for (const { text } of lines) characters += text.length;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      pages.push([]);
      unreadable += 1;
    }
    if (characters > limits.maxCharacters) throw tooMuchText(limits);
  }
  return { pages, unreadable };
}

async function metadata(pdf: PdfDocument): Promise<Pick<FormatResult, 'title' | 'attributes'>> {
  const info: Record<string, unknown> = await getMeta(pdf).then(
    (meta) => meta.info,
    () => ({}),
  );
  const value = (name: string) => {
    const found = info[name];
    return typeof found === 'string' ? found.replace(/\s+/g, ' ').trim() || undefined : undefined;
  };
  const title = value('Title');
  return {
    title: title === undefined || generatedTitle.test(title) ? null : title,
    attributes: { author: value('Author'), published: pdfDate(value('CreationDate')), language: value('Language'), description: value('Subject'), pageCount: pdf.numPages },
  };
}

/** `D:20240131120000+01'00'` is 2024-01-31. */
function pdfDate(date: string | undefined): string | undefined {
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?/.exec(date ?? '');
  return parts ? parts.slice(1).filter((part) => part !== undefined).join('-') : undefined;
}

function corrupt(cause?: unknown): ExtractionError {
  return new ExtractionError('corrupt', 'The PDF is damaged and could not be read. It may have been cut off on the way: open it in a viewer, save or print it as a new PDF, and give that.', { cause });
}
