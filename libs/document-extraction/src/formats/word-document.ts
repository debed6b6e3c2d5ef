import { load } from 'cheerio';
import { zipSync, type Zippable } from 'fflate';
import mammoth from 'mammoth';
import type { GuardedArchive } from '../archive/guarded-archive.js';
import { ExtractionError } from '../extraction-error.js';
import type { ExtractionLimits } from '../extraction-limits.js';
import { tooMuchText } from '../too-much-text.js';
import type { FormatResult } from '../format-result.js';
import { htmlToMarkdown } from '../html/html-to-markdown.js';
import { isoDate } from '../html/page-metadata.js';
import { parsePage } from '../html/parse-html.js';

const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh", "p[style-name='Quote'] => blockquote > p:fresh", "p[style-name='Intense Quote'] => blockquote > p:fresh"];

/** The text of a Word document with its headings, lists, tables and notes. */
export async function extractWordDocument(archive: GuardedArchive, limits: ExtractionLimits): Promise<FormatResult> {
  const properties = coreProperties(archive);
  const html = await convert(textParts(archive));
  if (html.length > limits.maxCharacters * 2) throw tooMuchText(limits);
  const { document } = parsePage(html);
  return { title: properties('dc:title') ?? null, markdown: htmlToMarkdown(document.body), attributes: { author: properties('dc:creator'), published: isoDate(properties('dcterms:created')), language: properties('dc:language'), description: properties('dc:description') } };
}

async function convert(docx: Uint8Array): Promise<string> {
  try {
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(docx.buffer, docx.byteOffset, docx.byteLength) }, { styleMap, convertImage, externalFileAccess: false });
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new ExtractionError('corrupt', 'The Word document is damaged and could not be read. Open it in Word, save it again, and give that file.', { cause: error });
  }
}

/**
 * An archive of our own making, of the parts that have text. Thus the parser unpacks what was checked and nothing else, whatever the
 * file's own headers would have told it.
 */
function textParts(archive: GuardedArchive): Uint8Array {
  const parts: Zippable = {};
  for (const name of archive.names) {
    if (!/\.(?:xml|rels)$/i.test(name) && name !== '[Content_Types].xml') continue;
    parts[name] = archive.read(name)!;
  }
  return zipSync(parts, { level: 0 });
}

function coreProperties(archive: GuardedArchive): (name: string) => string | undefined {
  const xml = archive.read('docProps/core.xml');
  if (!xml) return () => undefined;
  const $ = load(new TextDecoder().decode(xml), { xml: true });
  return (name) => $(name.replace(':', '\\:')).first().text().trim() || undefined;
}
