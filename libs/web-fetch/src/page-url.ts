/** Longer ones are traps, or data. */
export const maxUrlLength = 8_192;

/** A URL that a page or list names, without its fragment; null when it is none of http or https, or too long to be meant. */
export function parsePageUrl(text: string, base?: string): URL | null {
  if (text.length > maxUrlLength) return null;
  const url = URL.parse(text.trim(), base);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.hash = '';
  return url;
}
