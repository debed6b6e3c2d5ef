/** Not those that are spaces: a page break divides words. */
const controls = /[^\P{Cc}\s\x85]/gu;

/**
 * Everything that people send, in one form: Unicode's NFC, so that what looks the same is the same, to whatever compares, searches or
 * hashes it; well formed, and without control characters, which no text of a person has. Spaces around a value are the schemas' matter:
 * some texts keep theirs. Returns the same value where nothing had to change. Recursive: bodies are no deeper than `json-shape.ts` allows.
 */
export function inNormalForm(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC').toWellFormed().replace(controls, '');
  if (!isArrayOrRecord(value)) return value;
  let changed: Record<string, unknown> | null = null;
  for (const [key, before] of Object.entries(value)) {
    const after = inNormalForm(before);
    if (after === before) continue;
    changed ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    changed[key] = after;
  }
  return changed ?? value;
}

/** What JSON and query strings are made of. */
function isArrayOrRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
