import { type CheerioAPI, load } from 'cheerio';
import type { GuardedArchive } from '../archive/guarded-archive.js';
import { decodeText } from '../decode-text.js';
import type { ExtractionWarning } from '../extracted-file.js';
import { ExtractionError } from '../extraction-error.js';
import type { ExtractionLimits } from '../extraction-limits.js';
import type { FormatResult } from '../format-result.js';
import { htmlToMarkdown } from '../html/html-to-markdown.js';
import { isoDate } from '../html/page-metadata.js';
import { parsePage, removeAll } from '../html/parse-html.js';
import { tooMuchText } from '../too-much-text.js';

interface ManifestItem {
  path: string;
  mediaType: string;
  properties: string[];
}

interface Package {
  $: CheerioAPI;
  folder: string;
  items: Map<string, ManifestItem>;
}

const containerPath = 'META-INF/container.xml';
const maxChapters = 5_000;

/** The text of a book in the order of its spine. A chapter without a heading of its own is headed as the table of contents names it. */
export function extractEpub(archive: GuardedArchive, limits: ExtractionLimits): FormatResult {
  const book = openPackage(archive);
  const spine = spineOf(book);
  refuseEncrypted(archive, spine);
  const titles = tableOfContents(archive, book);
  const warnings: ExtractionWarning[] = [];
  const chapters: string[] = [];
  let characters = 0;
  let missing = 0;
  let flattened = false;
  for (const { path } of spine) {
    const bytes = archive.read(path);
    if (!bytes) {
      missing += 1;
      continue;
    }
    const page = parsePage(selfClosed(decodeText(bytes).text));
    flattened ||= page.flattened;
    removeAll(page.document, 'script, style, svg, [epub\\:type~="pagebreak"], [role="doc-pagebreak"]');
    const markdown = htmlToMarkdown(page.document.body).trim();
    if (markdown === '') continue;
    const title = titles.get(path);
    chapters.push(title !== undefined && !/^#{1,6} /m.test(markdown.slice(0, 2_000)) ? `# ${title}\n\n${markdown}` : markdown);
    characters += markdown.length;
    if (characters > limits.maxCharacters) throw tooMuchText(limits);
  }
  if (missing === spine.length) throw corrupt('none of its chapters is in it');
  if (missing > 0) warnings.push({ code: 'parts_left_out', message: `${missing} of ${spine.length} chapters are listed in the book but not in the file.` });
  if (flattened) warnings.push({ code: 'nesting_flattened', message: 'Some chapters are nested very deep; what is in their innermost parts is kept as plain text.' });
  return { ...metadata(book), markdown: chapters.join('\n\n'), warnings };
}

function openPackage(archive: GuardedArchive): Package {
  const container = xml(archive, containerPath);
  const path = container?.('rootfile').first().attr('full-path');
  const $ = path === undefined ? null : xml(archive, path);
  if (!$ || path === undefined) throw corrupt('its list of contents is missing');
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const items = new Map<string, ManifestItem>();
  $('manifest > item').each((_, element) => {
    const { id, href, 'media-type': mediaType = '', properties = '' } = $(element).attr() ?? {};
    const itemPath = href === undefined ? null : resolvePath(folder, href);
    if (id !== undefined && itemPath !== null) items.set(id, { path: itemPath, mediaType, properties: properties.split(/\s+/) });
  });
  return { $, folder, items };
}

function spineOf({ $, items }: Package): ManifestItem[] {
  const spine: ManifestItem[] = [];
  $('spine > itemref').each((_, element) => {
    const item = items.get($(element).attr('idref') ?? '');
    // The page of contents repeats the headings of all chapters.
    if (item && /html/.test(item.mediaType) && !item.properties.includes('nav')) spine.push(item);
  });
  if (spine.length === 0) throw corrupt('it does not say in which order its chapters are read (its spine is missing or empty)');
  if (spine.length > maxChapters) throw new ExtractionError('too_large', `The book has ${spine.length} parts; at most ${maxChapters} are accepted.`);
  return spine;
}

/** Fonts may be obscured in any book; chapters only by copy protection. */
function refuseEncrypted(archive: GuardedArchive, spine: readonly ManifestItem[]): void {
  const $ = xml(archive, 'META-INF/encryption.xml');
  if (!$) return;
  const paths = new Set($('*').toArray().map((element) => $(element).attr('URI')).filter((uri) => uri !== undefined).map((uri) => resolvePath('', uri)));
  if (spine.some(({ path }) => paths.has(path))) {
    throw new ExtractionError('encrypted', 'The book is copy-protected (DRM), so its text cannot be read. Give a version without protection.');
  }
}

/** The title of each chapter's file: from the navigation document, or the NCX of older books. */
function tableOfContents(archive: GuardedArchive, { $: opf, items }: Package): Map<string, string> {
  const titles = new Map<string, string>();
  const add = (base: string, target: string | undefined, title: string) => {
    const path = target === undefined ? null : resolvePath(base.includes('/') ? base.slice(0, base.lastIndexOf('/')) : '', target);
    const name = title.replace(/\s+/g, ' ').trim().slice(0, 300);
    if (path !== null && name !== '' && !titles.has(path)) titles.set(path, name);
  };
  const nav = [...items.values()].find(({ properties }) => properties.includes('nav'));
  const navigation = nav ? xml(archive, nav.path) : null;
  if (nav && navigation) {
    navigation('nav a[href]').each((_, element) => add(nav.path, navigation(element).attr('href'), navigation(element).text()));
    return titles;
  }
  const ncxItem = items.get(opf('spine').attr('toc') ?? '') ?? [...items.values()].find(({ mediaType }) => mediaType === 'application/x-dtbncx+xml');
  const ncx = ncxItem ? xml(archive, ncxItem.path) : null;
  if (ncxItem && ncx) ncx('navPoint').each((_, element) => add(ncxItem.path, ncx(element).children('content').attr('src'), ncx(element).children('navLabel').text()));
  return titles;
}

function metadata({ $ }: Package): Pick<FormatResult, 'title' | 'attributes'> {
  const value = (name: string) => $(`metadata > dc\\:${name}`).first().text().replace(/\s+/g, ' ').trim() || undefined;
  const creators = $('metadata > dc\\:creator').toArray().map((element) => $(element).text().replace(/\s+/g, ' ').trim());
  return {
    title: value('title') ?? null,
    attributes: { author: creators.filter((name) => name !== '').slice(0, 20).join(', ') || undefined, published: isoDate(value('date')), language: value('language'), description: value('description') },
  };
}

function xml(archive: GuardedArchive, path: string): CheerioAPI | null {
  const bytes = archive.read(path);
  return bytes ? load(decodeText(bytes).text, { xml: true }) : null;
}

/** XHTML may close any empty element by a slash, which HTML reads as open: the rest of the chapter would be a title. */
function selfClosed(xhtml: string): string {
  return xhtml.replace(/<(title|script|style|a|p|div|span|i|b|em|strong)((?:\s[^<>]{0,500})?)\/>/gi, '<$1$2></$1>');
}

/** The member that a reference means, or null for one that leads out of the book or to the web. */
function resolvePath(folder: string, reference: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(reference.split('#', 1)[0]!);
  } catch {
    return null;
  }
  if (decoded === '' || /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(decoded)) return null;
  const path: string[] = folder === '' ? [] : folder.split('/');
  for (const part of decoded.split('/')) {
    if (part === '..') {
      if (path.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') path.push(part);
  }
  return path.join('/');
}

function corrupt(what: string): ExtractionError {
  return new ExtractionError('corrupt', `The EPUB book is damaged: ${what}. Download or export it again.`);
}
