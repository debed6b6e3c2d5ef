/** A stretch of a paragraph, inside or outside of the marked passage. */
export interface Stretch {
  text: string;
  marked: boolean;
}

/** `heading`: a single short line that ends as no sentence does. */
export interface DocumentParagraph {
  heading: boolean;
  stretches: Stretch[];
}

const longestHeading = 100;

/** A document's plain text as paragraphs, with the characters from `start` up to `end` marked. */
export function markPassage(text: string, start: number, end: number): DocumentParagraph[] {
  const paragraphs: DocumentParagraph[] = [];
  for (const match of text.matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/g)) {
    const from = match.index;
    const paragraph = match[0].trimEnd();
    const cuts = [start - from, end - from].map((cut) => Math.min(paragraph.length, Math.max(0, cut))) as [number, number];
    const stretches = [
      { text: paragraph.slice(0, cuts[0]), marked: false },
      { text: paragraph.slice(cuts[0], cuts[1]), marked: true },
      { text: paragraph.slice(cuts[1]), marked: false },
    ].filter((stretch) => stretch.text !== '');
    const heading = paragraph.length <= longestHeading && !paragraph.includes('\n') && !/[.!?…:;,"”)]$/.test(paragraph);
    paragraphs.push({ heading, stretches });
  }
  return paragraphs;
}
