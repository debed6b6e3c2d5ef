import type { FormatRules } from '@dramatis/contracts/custom-rules';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import type { Violation } from '@dramatis/contracts/turn';
import { violation } from '@dramatis/contracts/verdict-texts';
import { withoutCitations } from './citations.js';
import { endsWithQuestion, heading } from './grammar.js';
import { parseReply } from './parser.js';
import { asksSomething, wordCount } from './text-measures.js';

/** What the rules of a custom format call the parts of a grammar. */
const itemNouns: Record<ResponseFormat, [one: string, many: string]> = {
  bullet_points: ['item', 'items'],
  socratic_dialogue: ['speech', 'speeches'],
  qa: ['pair of question and answer', 'pairs of question and answer'],
  essay: ['paragraph', 'paragraphs'],
  free: ['paragraph', 'paragraphs'],
};

/** The same in what is found: words by which a text in another language can tell them apart. */
const partNouns: Record<ResponseFormat, [one: string, many: string]> = {
  ...itemNouns,
  qa: ['pair', 'pairs'],
};

/** The rules as a language model is told them, a sentence each. */
export function ruleInstructions(base: ResponseFormat, rules: FormatRules): string[] {
  const [item, items] = itemNouns[base];
  const { title, headings, question, maxItemWords } = rules;
  return [
    title && 'Begin with a title on a line of its own: "# Title".',
    headings && headings.length > 0 && `Have these sections, in this order and under these headings, each "## Heading" on a line of its own: ${headings.join('; ')}.`,
    range(rules.minItems, rules.maxItems, items),
    range(rules.minParagraphs, rules.maxParagraphs, 'paragraphs'),
    maxItemWords && `Keep each ${item} within ${maxItemWords} words.`,
    range(rules.minWords, rules.maxWords, 'words in all'),
    question === 'ends' && 'End with a question to the other person.',
    question === 'none' && 'Ask nothing: no question anywhere.',
  ].filter((line): line is string => typeof line === 'string' && line !== '');
}

function range(least: number | undefined, most: number | undefined, what: string): string | null {
  if (least !== undefined && most !== undefined) return least === most ? `Write exactly ${least} ${what}.` : `Write ${least} to ${most} ${what}.`;
  if (least !== undefined) return `Write at least ${least} ${what}.`;
  return most === undefined ? null : `Write at most ${most} ${what}.`;
}

/** Which of the rules the text breaks. Whether it keeps to the grammar is judged beside. */
export function ruleViolations(base: ResponseFormat, rules: FormatRules, text: string, personaName: string): Violation[] {
  const plain = withoutCitations(text);
  const reply = measure(parseReply(base, plain, personaName, { finished: true }));
  const [part, parts] = partNouns[base];
  const count = wordCount(plain);
  const { items, paragraphs } = reply;
  return [
    ...tooFew(items.length, rules.minItems, (least) => violation('custom.min_items', { count: items.length, parts, least })),
    ...tooMany(items.length, rules.maxItems, (most) => violation('custom.max_items', { count: items.length, parts, most })),
    ...tooFew(paragraphs.length, rules.minParagraphs, (least) => violation('custom.min_paragraphs', { count: paragraphs.length, least })),
    ...tooMany(paragraphs.length, rules.maxParagraphs, (most) => violation('custom.max_paragraphs', { count: paragraphs.length, most })),
    ...tooFew(count, rules.minWords, (least) => violation('custom.min_words', { count, least })),
    ...tooMany(count, rules.maxWords, (most) => violation('custom.max_words', { count, most })),
    ...longItems(items, rules.maxItemWords, part),
    ...(rules.title && !reply.title ? [violation('custom.title', {}, 'title')] : []),
    ...missingHeadings(reply.headings, rules.headings ?? []),
    ...(rules.question === 'ends' && !endsWithQuestion(reply.end) ? [violation('custom.ends_with_question', {})] : []),
    ...(rules.question === 'none' && asksSomething(plain) ? [violation('custom.asks_nothing', {})] : []),
  ];
}

interface Measured {
  items: string[];
  paragraphs: string[];
  title: string | null;
  headings: string[];
  /** The last thing that is said. */
  end: string;
}

function measure(document: ReplyDocument): Measured {
  const none = { items: [], paragraphs: [], title: null, headings: [] };
  switch (document.format) {
    case 'bullet_points':
      return { ...none, items: document.items, end: document.closing ?? document.items.at(-1) ?? document.lead ?? '' };
    case 'essay': {
      const paragraphs = document.sections.flatMap((section) => section.paragraphs);
      const headings = document.sections.flatMap((section) => (section.heading !== null && section.paragraphs.length > 0 ? [section.heading] : []));
      return { ...none, paragraphs, headings, title: document.title, end: paragraphs.at(-1) ?? '' };
    }
    case 'socratic_dialogue':
      return { ...none, items: document.lines.map(({ text }) => text), end: document.lines.at(-1)?.text ?? '' };
    case 'qa':
      return { ...none, items: document.pairs.map(({ answer }) => answer), end: document.closing ?? document.pairs.at(-1)?.answer ?? '' };
    case 'free':
      return { ...none, ...measureMarkdown(document.markdown) };
  }
}

/** A heading counts once text stands under it. */
function measureMarkdown(markdown: string): Omit<Measured, 'items'> {
  const blocks = markdown.split(/\n\s*\n/).flatMap((block) => {
    const [first, ...rest] = block.trim().split('\n');
    const mark = heading(first ?? '');
    if (mark) return [{ heading: mark.text, text: '' }, ...(rest.length > 0 ? [{ heading: null, text: rest.join('\n') }] : [])];
    return block.trim() === '' ? [] : [{ heading: null, text: block.trim() }];
  });
  const title = blocks[0]?.heading ?? null;
  const sections = title === null ? blocks : blocks.slice(1);
  const headings = sections.flatMap((block, index) => (block.heading !== null && sections[index + 1]?.heading === null ? [block.heading] : []));
  return {
    title,
    // A title may also be the first of the sections.
    headings: title !== null && sections[0]?.heading === null ? [title, ...headings] : headings,
    paragraphs: blocks.flatMap((block) => (block.heading === null ? [block.text] : [])),
    end: blocks.at(-1)?.text ?? '',
  };
}

function tooFew(count: number, least: number | undefined, found: (least: number) => Violation): Violation[] {
  return least !== undefined && count < least ? [found(least)] : [];
}

function tooMany(count: number, most: number | undefined, found: (most: number) => Violation): Violation[] {
  return most !== undefined && count > most ? [found(most)] : [];
}

function longItems(items: readonly string[], most: number | undefined, part: string): Violation[] {
  if (most === undefined) return [];
  return items.flatMap((item, index) => {
    const words = wordCount(item);
    if (words <= most) return [];
    return [violation('custom.long_item', { part, number: index + 1, words, most }, `items.${index}`)];
  });
}

function missingHeadings(found: readonly string[], wanted: readonly string[]): Violation[] {
  let from = 0;
  return wanted.flatMap((heading, index) => {
    const at = found.findIndex((other, place) => place >= from && sameWords(other, heading));
    if (at >= 0) {
      from = at + 1;
      return [];
    }
    const isThere = found.some((other) => sameWords(other, heading));
    return [violation(isThere ? 'custom.headings.out_of_order' : 'custom.headings', { heading }, `headings.${index}`)];
  });
}

function sameWords(a: string, b: string): boolean {
  const words = (text: string) => text.normalize('NFC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return words(a) === words(b);
}
