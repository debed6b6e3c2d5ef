import type { PdfLine } from './page-lines.js';

/** Headers and footers are among the outermost lines of a page. */
const outerLines = 3;
/** Left and right pages have different headers, chapters too: a line need not be on all pages. */
const minShare = 0.2;
const minPages = 3;
const pageNumber = /^(?:page |p\. ?|[-–—[|] ?)?(?:\d{1,4}|[ivxlc]{1,7})(?: ?(?:\/|of|\|) ?\d{1,4})?(?: ?[-–—\]|])?$/i;

/** The lines of each page without those that run through the document: headers, footers and page numbers. */
export function withoutRunningLines(pages: readonly PdfLine[][]): PdfLine[][] {
  const outer = pages.map(outermost);
  const pagesWith = new Map<string, number>();
  for (const lines of outer) for (const key of new Set([...lines].map(keyOf))) pagesWith.set(key, (pagesWith.get(key) ?? 0) + 1);
  const needed = Math.max(minPages, Math.ceil(pages.length * minShare));
  const numbered = outer.filter((lines) => [...lines].some(({ text }) => pageNumber.test(text))).length;
  return pages.map((lines, index) =>
    lines.filter((line) => {
      if (!outer[index]!.has(line)) return true;
      if (pageNumber.test(line.text)) return pages.length < 2 || numbered * 2 < pages.length;
      return pagesWith.get(keyOf(line))! < needed;
    }),
  );
}

/** The lines at the top and at the bottom, by place and not by order: footers are often drawn first. */
function outermost(lines: readonly PdfLine[]): Set<PdfLine> {
  if (lines.length <= 2) return new Set(lines);
  const byHeight = [...lines].sort((a, b) => b.y - a.y);
  const each = Math.min(outerLines, Math.floor(lines.length / 3) || 1);
  return new Set([...byHeight.slice(0, each), ...byHeight.slice(-each)]);
}

/** Alike but for numbers, and at the same height within a few points. */
function keyOf({ text, y }: PdfLine): string {
  return `${Math.round(y / 6)} ${text.replace(/\d+/g, '#').toLowerCase()}`;
}
