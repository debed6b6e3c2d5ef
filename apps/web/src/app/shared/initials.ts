/** One or two letters that stand for a name: "Ada Lovelace" is AL, "ada.l" is A. */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}]*/gu)?.filter((word, index, all) => index === 0 || index === all.length - 1) ?? [];
  const letters = words.map((word) => [...word][0] ?? '');
  return (name.includes(' ') ? letters : letters.slice(0, 1)).join('').toUpperCase();
}
