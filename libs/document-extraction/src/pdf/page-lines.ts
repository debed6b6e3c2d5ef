/** What the PDF reader gives for a run of letters. */
export interface PdfTextItem {
  str: string;
  /** Scale, rotation and place; the last two numbers are x and y, in points from the bottom left. */
  transform: number[];
  width: number;
  hasEOL: boolean;
}

export interface PdfLine {
  text: string;
  /** Size of most of its letters, in points, to one decimal. */
  size: number;
  x: number;
  /** Of its base line, in points from the bottom of the page. */
  y: number;
}

/** The lines of a page, in the order in which the page draws them. */
export function pageLines(items: readonly PdfTextItem[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let run: PdfTextItem[] = [];
  const close = () => {
    const line = asLine(run);
    if (line) lines.push(line);
    run = [];
  };
  for (const item of items) {
    // Other kinds of items mark structure and have no text.
    if (typeof item.str !== 'string') continue;
    const last = run.at(-1);
    if (last && item.str.trim() !== '' && leavesLine(last, item)) close();
    run.push(item);
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

function asLine(run: readonly PdfTextItem[]): PdfLine | null {
  let text = '';
  const charactersOfSize = new Map<number, number>();
  let end: number | null = null;
  for (const item of run) {
    const x = item.transform[4]!;
    const gap = end === null ? 0 : x - end;
    if (gap > sizeOf(item) * 0.2 && !text.endsWith(' ') && !item.str.startsWith(' ')) text += ' ';
    text += item.str;
    if (item.str.trim() !== '') {
      charactersOfSize.set(sizeOf(item), (charactersOfSize.get(sizeOf(item)) ?? 0) + item.str.length);
      end = x + item.width;
    }
  }
  const trimmed = text.replace(/\s+/g, ' ').trim();
  const first = run.find((item) => item.str.trim() !== '');
  if (!first || trimmed === '') return null;
  let size = 0;
  let most = 0;
  for (const [candidate, characters] of charactersOfSize) if (characters > most) [size, most] = [candidate, characters];
  return { text: trimmed, size, x: first.transform[4]!, y: first.transform[5]! };
}

/** Raised letters are on their line; what is lower or higher by more is not. */
function leavesLine(last: PdfTextItem, item: PdfTextItem): boolean {
  return Math.abs(item.transform[5]! - last.transform[5]!) > Math.max(sizeOf(last), sizeOf(item)) * 0.7;
}

function sizeOf({ transform }: PdfTextItem): number {
  return Math.round(Math.hypot(transform[2]!, transform[3]!) * 10) / 10;
}
