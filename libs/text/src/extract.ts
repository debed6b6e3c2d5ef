import { cleanCharacters, cleanText } from './clean.js';
import { type FrontMatterValue, parseFrontMatter } from './front-matter.js';
import { markdownSections } from './markdown.js';
import type { Section } from './section.js';

/** A section's place in the document's text: `text.slice(start, end)` is what stands under its heading. */
export interface PlacedSection {
  headingPath: string[];
  start: number;
  end: number;
}

export interface ExtractedDocument {
  /** The whole document as clean plain text, headings included, for readers. */
  text: string;
  sections: PlacedSection[];
  /** Values of the front matter of a Markdown document. */
  attributes: Record<string, FrontMatterValue>;
}

export interface RawDocument {
  contentType: 'text/plain' | 'text/markdown';
  /** A heading that only repeats the title is left out of the heading paths. */
  title: string;
  text: string;
}

/** Makes a raw document into clean text with its sections. Pure and total: an empty document has an empty text. */
export function extractDocument(raw: RawDocument): ExtractedDocument {
  if (raw.contentType === 'text/plain') {
    const text = cleanText(raw.text);
    return { text, sections: text === '' ? [] : [{ headingPath: [], start: 0, end: text.length }], attributes: {} };
  }
  const { attributes, body } = parseFrontMatter(cleanCharacters(raw.text));
  return { ...place(markdownSections(body), raw.title), attributes };
}

function place(sections: Section[], title: string): Pick<ExtractedDocument, 'text' | 'sections'> {
  const placed: PlacedSection[] = [];
  let text = '';
  const append = (part: string) => {
    text += text === '' ? part : `\n\n${part}`;
    return text.length - part.length;
  };
  for (const section of sections) {
    if (section.heading !== null) append(section.heading);
    const body = cleanText(section.text);
    if (body === '') continue;
    const start = append(body);
    placed.push({ headingPath: withoutTitle(section.headingPath, title), start, end: start + body.length });
  }
  return { text, sections: placed };
}

function withoutTitle(path: string[], title: string): string[] {
  const [first, ...rest] = path;
  return first !== undefined && fold(first) === fold(title) ? rest : path;
}

function fold(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
