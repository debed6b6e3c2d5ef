import { createHash } from 'node:crypto';
import { badDocuments } from '@dramatis/testing/documents/bad-documents';
import { makeDocx } from '@dramatis/testing/documents/make-docx';
import { makeEpub } from '@dramatis/testing/documents/make-epub';
import { makePdf } from '@dramatis/testing/documents/make-pdf';

/** What becomes of a library's documents when nothing is in the way. */
export const libraryCounts = { discovered: 17, indexed: 12, unchanged: 0, duplicate: 2, skipped: 2, failed: 1 };

const people = ['keeper', 'pilot', 'carpenter', 'surgeon', 'botanist', 'printer', 'weaver', 'miller', 'glazier', 'cooper'];
const things = ['lamp', 'chart', 'mast', 'ledger', 'fern', 'press', 'loom', 'wheel', 'window', 'barrel', 'compass'];
const deeds = ['mended', 'painted', 'measured', 'described', 'carried', 'weighed', 'traded', 'hid', 'copied', 'praised', 'lost', 'drew', 'sold'];

/**
 * Seventeen small files of several formats: twelve that differ, two that say the same as others, a page without text, one behind a
 * password and one that is damaged. What they say depends on `name`, so that two libraries have nothing in common.
 */
export function aLibrary(name: string): File[] {
  const paragraphsOf = Array.from({ length: 12 }, (_, index) => journal(name, index));
  const plain = (index: number) => paragraphsOf[index]!.join('\n\n');
  return [
    ...paragraphsOf.map((paragraphs, index) => asFile(`${name}-${index}`, paragraphs, formats[index % formats.length]!)),
    new File([plain(0)], `${name}-copy-of-0.txt`, { type: 'text/plain' }),
    new File([plain(6)], `${name}-copy-of-6.txt`, { type: 'text/plain' }),
    new File(['<!doctype html><html><head><title>Blank</title></head><body><p> </p></body></html>'], 'blank.html', { type: 'text/html' }),
    badFile('encrypted PDF'),
    badFile('truncated PDF'),
  ];
}

/** One of the files from which nothing can be taken. */
export function badFile(kind: string): File {
  const { fileName, make } = badDocuments[kind]!;
  return new File([make() as Uint8Array<ArrayBuffer>], fileName);
}

/** What the library alone knows, and a question after it. */
export const secretOf = (name: string): string => `The ${name} reading room is closed on the feast of Saint ${name}.`;
export const secretQuestion = (name: string): string => `When is the ${name} reading room closed?`;

const formats = ['txt', 'md', 'html', 'docx', 'epub', 'pdf'] as const;

function asFile(name: string, paragraphs: string[], format: (typeof formats)[number]): File {
  const html = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
  const made: Record<typeof format, () => string | Uint8Array> = {
    txt: () => paragraphs.join('\n\n'),
    md: () => `# ${name}\n\n${paragraphs.join('\n\n')}`,
    html: () => `<!doctype html><html><head><title>${name}</title></head><body><article><h1>${name}</h1>${html}</article></body></html>`,
    docx: () => makeDocx({ title: name, paragraphs }),
    epub: () => makeEpub({ title: name, chapters: [{ title: name, html }] }),
    pdf: () => makePdf({ title: name, pages: paragraphs.map((paragraph) => paragraph.split(/(?<=\.) /)) }),
  };
  return new File([made[format]() as Uint8Array<ArrayBuffer>], `${name}.${format}`);
}

function journal(name: string, index: number): string[] {
  const sentence = (at: number): string => {
    const drawn = createHash('sha256').update(`${name} ${index} ${at}`).digest();
    const pick = (from: readonly string[], nth: number) => from[drawn[nth]! % from.length]!;
    return `On day ${index * 100 + at} the ${pick(people, 0)} of ${name} ${pick(deeds, 1)} the ${pick(things, 2)} of a ${pick(people, 3)}.`;
  };
  const paragraphs = Array.from({ length: 4 }, (_, paragraph) => [0, 1, 2, 3].map((at) => sentence(paragraph * 4 + at)).join(' '));
  return index === 6 ? [secretOf(name), ...paragraphs] : paragraphs;
}
