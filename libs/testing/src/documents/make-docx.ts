import { strToU8, zipSync, type Zippable } from 'fflate';

export interface DocxParagraph {
  text: string;
  /** A style of Word's, such as `Heading1` or `Title`. */
  style?: string;
}

export interface DocxOptions {
  paragraphs: (string | DocxParagraph)[];
  /** Rows of cells, after the paragraphs. */
  table?: string[][];
  title?: string;
  author?: string;
  /** Further members of the archive. */
  members?: Zippable;
}

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const header = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A Word document of plain paragraphs. */
export function makeDocx({ paragraphs, table, title, author, members }: DocxOptions): Uint8Array {
  const body = paragraphs.map((paragraph) => asXml(typeof paragraph === 'string' ? { text: paragraph } : paragraph)).join('');
  const styles = ['Title', 'Heading1', 'Heading2', 'Heading3'].map((id) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id.replace(/(\d)/, ' $1')}"/></w:style>`);
  return zipSync({
    '[Content_Types].xml': strToU8(
      `${header}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `${header}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    'word/_rels/document.xml.rels': strToU8(
      `${header}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    ),
    'word/styles.xml': strToU8(`${header}<w:styles xmlns:w="${main}">${styles.join('')}</w:styles>`),
    'word/document.xml': strToU8(`${header}<w:document xmlns:w="${main}"><w:body>${body}${table ? tableXml(table) : ''}</w:body></w:document>`),
    'docProps/core.xml': strToU8(
      `${header}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${title === undefined ? '' : `<dc:title>${escapeXml(title)}</dc:title>`}${author === undefined ? '' : `<dc:creator>${escapeXml(author)}</dc:creator>`}<dcterms:created>2024-01-31T12:00:00Z</dcterms:created></cp:coreProperties>`,
    ),
    ...members,
  });
}

function asXml({ text, style }: DocxParagraph): string {
  return `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

function tableXml(rows: readonly string[][]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${asXml({ text: cell })}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
