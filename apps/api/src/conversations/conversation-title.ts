const maxCharacters = 80;

/** A title from the first message: its first line, cut between words. */
export function titleOf(message: string): string {
  const line = message.trim().split(/\r?\n/, 1)[0]!.replace(/\s+/g, ' ').trim();
  if (line.length <= maxCharacters) return line;
  // Cut by code points, so that no half of a surrogate pair is left at the end.
  const cut = Array.from(line.slice(0, maxCharacters)).slice(0, -1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > maxCharacters / 2 ? cut.slice(0, lastSpace) : cut}…`;
}
