/** A text of a card without what no text of a person has: control characters, halves of characters, blank edges. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ');
}

/** The text, or its beginning in so many characters, to the end of a sentence or word where there is one near. */
export function shortened(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const head = text.slice(0, maxCharacters - 1).toWellFormed().replace(/\uFFFD$/, '');
  const near = head.slice(Math.floor(head.length * 0.8));
  const sentenceEnd = Math.max(near.lastIndexOf('. '), near.lastIndexOf('.\n'), near.lastIndexOf('! '), near.lastIndexOf('? '));
  if (sentenceEnd >= 0) return head.slice(0, head.length - near.length + sentenceEnd + 1);
  const wordEnd = near.search(/\s\S*$/);
  return `${(wordEnd < 0 ? head : head.slice(0, head.length - near.length + wordEnd)).trimEnd()}…`;
}
