/** Feeds and sitemaps need a dozen; the parser takes time with the square of the depth. */
const maxDepth = 200;

/** @throws RangeError for what is nested too deep to be meant */
export function checkDepth(depth: number): void {
  if (depth > maxDepth) throw new RangeError(`elements are nested deeper than ${maxDepth}`);
}

export function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1).toLowerCase();
}

/** In UTC. Of a date without a time, its midnight; null when it is no time. */
export function isoTime(text: string): string | null {
  const ms = text.trim() === '' ? Number.NaN : Date.parse(text.trim());
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
