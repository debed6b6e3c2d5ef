import { DomainError } from '@dramatis/contracts/errors';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { cardLimits } from './card-limits.js';
import { isJsonObject, type JsonValue } from './json-value.js';

/**
 * The JSON that a stranger's bytes hold: UTF-8, or UTF-16 with a byte order mark. How deep and how much it is, is counted before it is parsed.
 * Keys named `__proto__` are taken out; as own keys they harm nobody here, but would be passed on.
 * @throws DomainError import_too_large, import_damaged
 */
export function parseBoundedJson(bytes: Uint8Array): { value: JsonValue; notes: ImportNote[] } {
  if (bytes.length > cardLimits.maxJsonBytes) throw new DomainError('import_too_large.text', { megabytes: cardLimits.maxJsonBytes / 1024 / 1024 });
  const { text, repaired } = decode(bytes);
  assertBounded(text);
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new DomainError('import_damaged.json', {}, { cause });
  }
  const removed = removeUnsafeKeys(value);
  const notes: ImportNote[] = [];
  if (repaired) notes.push({ code: 'text_repaired' });
  if (removed > 0) notes.push({ code: 'unsafe_keys_left_out', count: removed });
  return { value, notes };
}

function decode(bytes: Uint8Array): { text: string; repaired: boolean } {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), repaired: false };
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), repaired: true };
  }
}

/** Counts brackets and commas outside of strings, which takes no stack and no memory whatever the text is. */
function assertBounded(text: string): void {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
      continue;
    }
    if (char === 0x22) inString = true;
    else if (char === 0x2c) values += 1;
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > cardLimits.maxDepth) throw new DomainError('import_too_large.depth', { levels: cardLimits.maxDepth });
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
    if (values > cardLimits.maxValues) throw new DomainError('import_too_large.values', { values: cardLimits.maxValues });
  }
}

/** In place; no deeper than was counted. Returns how many were there. */
function removeUnsafeKeys(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + removeUnsafeKeys(element), 0);
  if (!isJsonObject(value)) return 0;
  let removed = 0;
  if (Object.hasOwn(value, '__proto__')) {
    delete value['__proto__'];
    removed += 1;
  }
  for (const member of Object.values(value)) removed += removeUnsafeKeys(member);
  return removed;
}
