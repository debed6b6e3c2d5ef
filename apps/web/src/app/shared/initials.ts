/**
 * One or two letters that stand for a name: those of its first and its last word, of the capitalised ones where there are any. "Leonardo da
 * Vinci" is LV, "ada.l" is A; a name without letters has its first sign.
 */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const capitalised = words.filter((word) => /^\P{L}*\p{Lu}/u.test(word));
  const chosen = capitalised.length > 0 ? capitalised : words;
  const ends = chosen.length > 1 ? [chosen.at(0), chosen.at(-1)] : chosen;
  const letters = ends.map((word) => /\p{L}/u.exec(word ?? '')?.[0] ?? '').join('');
  return (letters || ([...name.trim()][0] ?? '')).toUpperCase();
}
