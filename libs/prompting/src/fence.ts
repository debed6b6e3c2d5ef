/**
 * A name that occurs in none of the texts, for elements that mark text as data: whoever wrote the text cannot close an
 * element whose name he does not know, and that is not in his text. Depends on the texts alone.
 */
export function fenceFor(texts: readonly string[]): string {
  const all = texts.join('\u0000');
  for (let salt = 0; ; salt++) {
    const name = hash(all, salt).toString(36).padStart(7, '0') + hash(all, salt + 0x9e37).toString(36).padStart(7, '0');
    if (!all.includes(name)) return name;
  }
}

/** The text within an element of that name. Attributes lose whatever could end them. */
export function fenced(element: string, attributes: Record<string, string | number>, text: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${String(value).replace(/[\s"<>]+/g, ' ').trim()}"`);
  return `<${element}${written.join('')}>\n${text.trim()}\n</${element}>`;
}

/** FNV-1a, 32 bits. */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
