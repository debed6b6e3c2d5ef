/**
 * Text of a reply that is still arriving, without marks that are only half there: they would flash as raw characters
 * and then turn into structure. Whatever is hidden appears as soon as its mark is whole.
 * `labels`: whether a line may begin with a label, such as a speaker's name in bold.
 */
export function withoutHalfTypedMarks(text: string, { labels }: { labels: boolean }): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  const before = text.slice(0, lineStart);
  const line = text.slice(lineStart);
  if (isHalfTypedMark(line) || (labels && isHalfTypedLabel(line))) return before;
  return before + withoutOpenInlineMarks(line);
}

/** A line that so far is only the beginning of a mark: a bullet, number, heading, rule or fence. */
function isHalfTypedMark(line: string): boolean {
  return /^\s*(?:[-*+•‣–_`]{1,3}|\d{1,2}[.)]?|#{1,6})\s*$/.test(line);
}

function isHalfTypedLabel(line: string): boolean {
  return /^\s*\*\*[^*\n]{0,80}\*{0,2}$/.test(line) || /^\s*(?:Q|A|Question|Answer)\s?\d{0,2}:?$/.test(line);
}

function withoutOpenInlineMarks(line: string): string {
  let shown = line.replace(/\s?\[[\d,;\s]*$/, '').replace(/\[([^\]\n]+)\]\([^)\n]*$/, '$1');
  shown = shown.replace(/[*_`~]+$/, (marks) => (isClosing(shown.slice(0, -marks.length), marks) ? marks : ''));
  for (const mark of ['**', '`']) shown = withoutUnpaired(shown, mark);
  return withoutUnpairedEmphasis(shown);
}

function isClosing(before: string, marks: string): boolean {
  return /\S$/.test(before) && occurrences(before, marks) % 2 === 1;
}

function withoutUnpaired(line: string, mark: string): string {
  if (occurrences(line, mark) % 2 === 0) return line;
  const last = line.lastIndexOf(mark);
  return line.slice(0, last) + line.slice(last + mark.length);
}

function withoutUnpairedEmphasis(line: string): string {
  const stars = [...line.matchAll(/(?<!\*)\*(?!\*)/g)].map((match) => match.index).filter((index) => index > 0 || line[1] !== ' ');
  const last = stars.at(-1);
  if (stars.length % 2 === 0 || last === undefined || /\s/.test(line[last + 1] ?? ' ')) return line;
  return line.slice(0, last) + line.slice(last + 1);
}

function occurrences(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
