import { strToU8, zipSync, type Zippable } from 'fflate';
import { escapeXml } from './make-docx.js';

export interface EpubChapter {
  /** As the table of contents names it. */
  title: string;
  /** What is in the chapter's body. */
  html: string;
}

export interface EpubOptions {
  title: string;
  author?: string;
  language?: string;
  chapters: EpubChapter[];
  /** Without it, the book does not say in which order its chapters are read. */
  spine?: boolean;
  /** References of the manifest instead of the chapters' own. */
  hrefs?: string[];
  /** Further members of the archive. */
  members?: Zippable;
}

/** An EPUB 3 book. Its chapters lie in the archive in the opposite order, as nothing forbids. */
export function makeEpub({ title, author, language = 'en', chapters, spine = true, hrefs, members }: EpubOptions): Uint8Array {
  const name = (index: number) => `text/chapter-${index + 1}.xhtml`;
  const manifest = chapters.map((_, index) => `<item id="c${index}" href="${hrefs?.[index] ?? name(index)}" media-type="application/xhtml+xml"/>`).join('');
  const order = chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('');
  const contents = chapters.map((chapter, index) => `<li><a href="${name(index)}">${escapeXml(chapter.title)}</a></li>`).join('');
  const files: Zippable = {
    mimetype: [strToU8('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': strToU8(
      '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    ),
    'OEBPS/content.opf': strToU8(
      `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title>${author === undefined ? '' : `<dc:creator>${escapeXml(author)}</dc:creator>`}<dc:language>${language}</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>${manifest}</manifest>${spine ? `<spine><itemref idref="nav"/>${order}</spine>` : ''}</package>`,
    ),
    'OEBPS/nav.xhtml': strToU8(page('Contents', `<nav epub:type="toc"><ol>${contents}</ol></nav>`)),
  };
  for (const [index, chapter] of [...chapters.entries()].reverse()) files[`OEBPS/${name(index)}`] = strToU8(page(chapter.title, chapter.html));
  return zipSync({ ...files, ...members });
}

function page(title: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>${escapeXml(title)}</title><script/></head><body>${body}</body></html>`;
}
