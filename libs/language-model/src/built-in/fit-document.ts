import type { FormatChoice } from '@dramatis/contracts/custom-format';
import type { ModeChoice } from '@dramatis/contracts/custom-mode';
import type { FormatRules } from '@dramatis/contracts/custom-rules';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { asksSomething, wordCount } from '@dramatis/response-format/text-measures';

/** What a custom mode or format asks for that can be done by leaving out, dividing or adding a line of the persona's own. */
export interface Adjustments extends Pick<FormatRules, 'maxItems' | 'maxItemWords' | 'maxParagraphs' | 'title' | 'headings'> {
  asks: boolean;
  asksNothing: boolean;
}

/** Null when neither is custom. */
export function adjustmentsOf(mode: ModeChoice, format: FormatChoice): Adjustments | null {
  const own = typeof format === 'string' ? null : format.shape;
  if (typeof mode === 'string' && own?.kind !== 'grammar') return null;
  const rules = own?.kind === 'grammar' ? own.rules : {};
  const asked = typeof mode === 'string' ? undefined : mode.rules.question;
  return {
    ...rules,
    asks: rules.question === 'ends' || asked === 'ends' || asked === 'asks',
    asksNothing: rules.question === 'none' || asked === 'none',
  };
}

/** The document as near to what is asked for as can be without a word that is not in it, but for the question. */
export function fitDocument(document: ReplyDocument, wanted: Adjustments, question: () => string): ReplyDocument {
  const text = (words: string): string => (wanted.asksNothing ? withoutQuestions(words) : words);
  switch (document.format) {
    case 'bullet_points': {
      const items = document.items.map((item) => shortened(text(item), wanted.maxItemWords)).filter(Boolean).slice(0, wanted.maxItems);
      return { ...document, lead: textOrNull(document.lead, text), items, closing: ending(document.closing, wanted, text, question) };
    }
    case 'qa': {
      const pairs = document.pairs.map((pair) => ({ ...pair, answer: shortened(pair.answer, wanted.maxItemWords) })).slice(0, wanted.maxItems);
      return { ...document, pairs, closing: ending(document.closing, wanted, (words) => words, question) };
    }
    case 'socratic_dialogue':
      return { ...document, lines: lastSpeeches(document.lines, wanted.maxItems) };
    case 'essay': {
      const paragraphs = paragraphsOf(document.sections.flatMap((section) => section.paragraphs), wanted, text, question);
      return { ...document, sections: underHeadings(paragraphs, wanted.headings ?? []) };
    }
    case 'free': {
      const paragraphs = paragraphsOf(document.markdown.split(/\n\s*\n/), wanted, text, question);
      const headings = wanted.headings ?? [];
      const sections = underHeadings(paragraphs, headings).flatMap(({ heading, paragraphs: own }) => [...(heading ? [`## ${heading}`] : []), ...own]);
      const title = wanted.title && headings.length === 0 ? ['# An answer'] : wanted.title ? ['# An answer in parts'] : [];
      return { ...document, markdown: [...title, ...sections].join('\n\n') };
    }
  }
}

function paragraphsOf(all: readonly string[], wanted: Adjustments, text: (words: string) => string, question: () => string): string[] {
  const kept = all.map(text).filter((paragraph) => paragraph.trim() !== '');
  const most = wanted.maxParagraphs ?? kept.length;
  const paragraphs = kept.slice(0, most);
  const last = paragraphs.at(-1) ?? '';
  if (wanted.asks && !/[?？]\s*$/.test(last)) paragraphs[Math.max(0, paragraphs.length - 1)] = `${last} ${question()}`.trim();
  return paragraphs;
}

/** Paragraphs shared out among the headings, in order; with too few, long ones are divided at their sentences. */
function underHeadings(paragraphs: readonly string[], headings: readonly string[]): { heading: string | null; paragraphs: string[] }[] {
  if (headings.length === 0) return [{ heading: null, paragraphs: [...paragraphs] }];
  const parts = [...paragraphs];
  while (parts.length < headings.length) {
    const longest = parts.findIndex((part) => wordCount(part) === Math.max(...parts.map(wordCount)));
    const sentences = sentencesOf(parts[longest] ?? '');
    if (sentences.length < 2) break;
    const middle = Math.ceil(sentences.length / 2);
    parts.splice(longest, 1, sentences.slice(0, middle).join(' '), sentences.slice(middle).join(' '));
  }
  const share = Math.max(1, Math.floor(parts.length / headings.length));
  return headings.map((heading, index) => ({
    heading,
    paragraphs: parts.slice(index * share, index === headings.length - 1 ? parts.length : (index + 1) * share),
  }));
}

function ending(closing: string | null, wanted: Adjustments, text: (words: string) => string, question: () => string): string | null {
  const said = textOrNull(closing, text);
  return wanted.asks && !/[?？]\s*$/.test(said ?? '') ? [said, question()].filter(Boolean).join(' ') : said;
}

/** A dialogue keeps its end, since it ends with the open question. */
function lastSpeeches<Line extends { isPersona: boolean }>(lines: readonly Line[], most: number | undefined): Line[] {
  if (most === undefined || lines.length <= most) return [...lines];
  const kept = lines.slice(0, Math.max(0, most - 2));
  const end = lines.slice(-2);
  return kept.at(-1)?.isPersona === end[0]?.isPersona ? [...kept.slice(0, -1), ...end] : [...kept, ...end];
}

/** Whole sentences, as many as fit; at least the first. */
function shortened(text: string, words: number | undefined): string {
  if (words === undefined || wordCount(text) <= words) return text;
  const [first = '', ...rest] = sentencesOf(text);
  let kept = first;
  for (const sentence of rest) {
    if (wordCount(`${kept} ${sentence}`) > words) break;
    kept = `${kept} ${sentence}`;
  }
  return kept;
}

function textOrNull(text: string | null, change: (words: string) => string): string | null {
  return text === null ? null : change(text) || null;
}

function withoutQuestions(text: string): string {
  return asksSomething(text) ? sentencesOf(text).filter((sentence) => !asksSomething(sentence)).join(' ') : text;
}

/** Sentences with the citations behind them. */
export function sentencesOf(text: string): string[] {
  return text.match(/[^.!?…]+(?:[.!?…]+["”’)]*(?:\s*\[\d{1,3}\])*|$)\s*/g)?.map((sentence) => sentence.trim()).filter(Boolean) ?? [];
}
