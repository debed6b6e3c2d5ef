import { escapeLineStart } from '../escape-line-start.js';
import type { PdfLine } from './page-lines.js';

/** Letters larger than those of the text by this much are a heading's. */
const headingScale = 1.15;
const maxHeadingLevels = 4;
const maxHeadingCharacters = 200;
/** A gap between lines larger than the usual by this much parts paragraphs. */
const paragraphGapScale = 1.35;
const usualLeading = 1.2;
const bullet = /^[•▪◦‣●○■–]\s*/;

interface Layout {
  bodySize: number;
  /** Usual distance of base lines, in multiples of the letters' size. */
  leading: number;
  /** Sizes of headings, largest first. */
  headingSizes: number[];
}

interface Block {
  kind: 'heading' | 'paragraph' | 'item';
  level: number;
  lines: string[];
  last: PdfLine;
}

/** Joins the lines of pages to headings, paragraphs and list items, across pages too; words that were parted at the ends of lines are joined. */
export function linesAsMarkdown(pages: readonly PdfLine[][]): string {
  const layout = measure(pages);
  const blocks: Block[] = [];
  for (const lines of pages) {
    let newPage = true;
    for (const line of lines) {
      const block = blocks.at(-1);
      const level = headingLevel(line, layout);
      if (block && continues(block, line, level, newPage, layout)) {
        block.lines.push(line.text);
        block.last = line;
      } else {
        const kind = level > 0 ? 'heading' : bullet.test(line.text) ? 'item' : 'paragraph';
        blocks.push({ kind, level, lines: [line.text], last: line });
      }
      newPage = false;
    }
  }
  return blocks.map(asMarkdown).join('\n\n').replace(/^(- [^\n]*)\n\n(?=- )/gm, '$1\n');
}

function asMarkdown({ kind, level, lines }: Block): string {
  const text = joinLines(lines);
  if (kind === 'heading') return `${'#'.repeat(level)} ${text}`;
  return kind === 'item' ? `- ${text.replace(bullet, '')}` : escapeLineStart(text);
}

function continues(block: Block, line: PdfLine, level: number, newPage: boolean, layout: Layout): boolean {
  if (level !== block.level || bullet.test(line.text)) return false;
  const { last } = block;
  if (newPage) return block.kind !== 'heading' && !endsSentence(last.text) && !/^\p{Lu}/u.test(line.text);
  const gap = last.y - line.y;
  // Upwards is the next column.
  if (gap < -line.size) return block.kind !== 'heading' && !endsSentence(last.text);
  if (gap > layout.leading * Math.max(line.size, last.size) * paragraphGapScale) return false;
  if (block.kind === 'heading') return joinedLength(block) + line.text.length < maxHeadingCharacters;
  // An indented line opens a paragraph where the last one ended a sentence.
  return !(block.kind === 'paragraph' && line.x - last.x > line.size * 0.8 && endsSentence(last.text));
}

function headingLevel({ size, text }: PdfLine, { bodySize, headingSizes }: Layout): number {
  if (size < bodySize * headingScale || text.length > maxHeadingCharacters || !/\p{L}/u.test(text)) return 0;
  const at = headingSizes.findIndex((headingSize) => size >= headingSize);
  return Math.min(maxHeadingLevels, at === -1 ? headingSizes.length : at + 1);
}

function measure(pages: readonly PdfLine[][]): Layout {
  const characters = new Map<number, number>();
  for (const line of pages.flat()) characters.set(line.size, (characters.get(line.size) ?? 0) + line.text.length);
  const bySize = [...characters].sort((a, b) => b[1] - a[1]);
  const bodySize = bySize[0]?.[0] ?? 0;
  const larger = [...characters.keys()].filter((size) => size >= bodySize * headingScale).sort((a, b) => b - a);
  // Sizes that differ by less than half a point are one level.
  const headingSizes = larger.filter((size, index) => index === 0 || larger[index - 1]! - size >= 0.5).slice(0, maxHeadingLevels);
  return { bodySize, headingSizes, leading: leadingOf(pages, bodySize) };
}

/** Most lines of the text follow each other closely; those that begin a paragraph are further down. */
function leadingOf(pages: readonly PdfLine[][], bodySize: number): number {
  const gaps: number[] = [];
  for (const lines of pages) {
    for (const [index, line] of lines.entries()) {
      const above = lines[index - 1];
      const gap = above && above.size === bodySize && line.size === bodySize ? (above.y - line.y) / bodySize : 0;
      if (gap > 0.5 && gap < 3) gaps.push(gap);
    }
  }
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor((gaps.length - 1) / 3)] ?? usualLeading;
}

function joinLines(lines: readonly string[]): string {
  const parts: string[] = [];
  for (const line of lines) {
    const last = parts.at(-1) ?? '';
    if (/\p{L}[-\u00ad\u2010]$/u.test(last.slice(-3)) && /^\p{Ll}/u.test(line)) parts[parts.length - 1] = last.slice(0, -1);
    else if (parts.length > 0) parts.push(' ');
    parts.push(line);
  }
  return parts.join('');
}

function joinedLength({ lines }: Block): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function endsSentence(text: string): boolean {
  return /[.!?:…]["'”’)\]]{0,2}$/.test(text.slice(-4));
}
