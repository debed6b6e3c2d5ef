export interface PdfText {
  text: string;
  /** In points. Default 11. */
  size?: number;
  /** Distance from the line above, in multiples of the size. Default 1.3. */
  gap?: number;
  /** From the bottom of the page, in points; default is below the line before. */
  y?: number;
}

export interface PdfOptions {
  pages: (string | PdfText)[][];
  title?: string;
  author?: string;
  /** Locks it with a password that nobody knows. */
  encrypted?: boolean;
  /** What the file claims of its number of pages; default is the truth. */
  claimedPages?: number;
}

const pageHeight = 842;
const pageWidth = 595;
const margin = 72;

/** A PDF of plain lines in Helvetica, for Latin letters. */
export function makePdf({ pages, title, author, encrypted = false, claimedPages }: PdfOptions): Uint8Array {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const firstPage = 5;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ')}] /Count ${claimedPages ?? pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  add(`<< ${title === undefined ? '' : `/Title (${escape(title)})`} ${author === undefined ? '' : `/Author (${escape(author)})`} /CreationDate (D:20240131120000Z) >>`);
  for (const [index, lines] of pages.entries()) {
    const content = pageContent(lines);
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${firstPage + index * 2 + 1} 0 R >>`);
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  if (encrypted) {
    const key = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
    add(`<< /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -44 >>`);
  }
  return assemble(objects, encrypted);
}

function pageContent(lines: readonly (string | PdfText)[]): string {
  let y = pageHeight - margin;
  const drawn = lines.map((line) => {
    const { text, size = 11, gap = 1.3, y: fixed } = typeof line === 'string' ? { text: line } : line;
    if (fixed === undefined) y -= size * gap;
    return `BT /F1 ${size} Tf 1 0 0 1 ${margin} ${(fixed ?? y).toFixed(1)} Tm (${escape(text)}) Tj ET`;
  });
  return drawn.join('\n');
}

function assemble(objects: readonly string[], encrypted: boolean): Uint8Array {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  const id = '<00112233445566778899aabbccddeeff>';
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R ${encrypted ? `/Encrypt ${objects.length} 0 R /ID [${id} ${id}]` : ''} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(file, 'latin1'));
}

function escape(text: string): string {
  return text.replace(/[\\()]/g, (character) => `\\${character}`);
}
