import { onOneLine } from '@dramatis/contracts/one-line';

const maxCharacters = 80;

/** A title from the first message: its first line, past what it quotes, cut between words. */
export function titleOf(message: string): string {
  const lines = message.split(/\r?\n/).map(onOneLine).filter(Boolean);
  const line = lines.find((text) => !text.startsWith('>')) ?? (lines[0] ?? '').replace(/^>\s*/, '');
  if (line.length <= maxCharacters) return line;
  // Cut by code points, so that no half of a surrogate pair is left at the end.
  const cut = Array.from(line.slice(0, maxCharacters)).slice(0, -1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > maxCharacters / 2 ? cut.slice(0, lastSpace) : cut}…`;
}
