/** A model may repeat what a document wants shown: nothing that a reader could follow or that a page could take for markup passes. */
const address = /\b[a-z][a-z0-9+.-]*:\/\/|\b(?:javascript|mailto|data):\S|\bwww\.|\b[\w.+-]+@[\w-]+\.\w|\b[a-z0-9-]+\.(?:com|net|org|io|info|biz|ru|cn|xyz|top)\b/i;

/**
 * The lines of a model's list that are plain sentences: one line each, without markup, none that holds an address or is longer than
 * `maxCharacters`, none twice, at most `max`.
 */
export function plainLines(lines: readonly string[], { max, maxCharacters }: { max: number; maxCharacters: number }): string[] {
  const kept: string[] = [];
  for (const line of lines) {
    const plain = plainLine(line);
    if (plain === '' || plain.length > maxCharacters || address.test(plain) || kept.includes(plain)) continue;
    kept.push(plain);
    if (kept.length === max) break;
  }
  return kept;
}

/** Those that are questions. */
export function plainQuestions(lines: readonly string[], limits: { max: number; maxCharacters: number }): string[] {
  return plainLines(lines.filter((line) => /[?？؟;]\s*["”’»]?\s*$/.test(line)), limits);
}

function plainLine(line: string): string {
  return line
    .normalize('NFC')
    // Links and images keep their words.
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[`*_~#|<>[\]{}\\]/g, '')
    // Control characters, and those that turn the direction of what follows or are not seen.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\s]+/gu, ' ')
    .replace(/^(?:[-–•]|\d{1,2}[.)])\s+/, '')
    .trim();
}
