export type JsonObject = Record<string, unknown>;

const texts = ['text', 'content', 'message', 'body', 'utterance', 'transcript', 'answer', 'value', 'parts', 'elements'];
const names = ['speaker', 'role', 'author', 'from', 'sender', 'user_profile', 'sender_name', 'speaker_name', 'username', 'user', 'participant', 'who', 'name'];
const namesOfPerson = ['name', 'display_name', 'displayName', 'real_name', 'global_name', 'username', 'role', 'label', 'id'];
const maxDepth = 4;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object says, under one of the usual names: a string, or a list of strings and text parts. Null when it says nothing. */
export function textIn(value: JsonObject, depth = 0): string | null {
  if (depth > maxDepth) return null;
  for (const name of texts) {
    const text = asText(value[name], depth);
    if (text !== null) return text;
  }
  return null;
}

/** Who says it, or null. */
export function nameIn(value: JsonObject): string | null {
  for (const name of names) {
    const person = value[name];
    if (typeof person === 'string' && person.trim() !== '') return person.trim();
    // Recognisers number those who speak.
    if (typeof person === 'number' && Number.isInteger(person)) return `Speaker ${person}`;
    const found = isObject(person) ? namesOfPerson.map((key) => person[key]).find((part) => typeof part === 'string' && part.trim() !== '') : undefined;
    if (typeof found === 'string') return found.trim();
  }
  return isObject(value['message']) && !Array.isArray(value['message']) ? nameIn(withoutMessage(value['message'])) : null;
}

function withoutMessage(value: JsonObject): JsonObject {
  const { message: _, ...rest } = value;
  return rest;
}

function asText(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (isObject(value)) return textIn(value, depth + 1);
  if (!Array.isArray(value) || !value.every((part) => typeof part === 'string' || isObject(part))) return null;
  // A list of objects with names is a list of messages, not the parts of one.
  if (value.some((part) => isObject(part) && nameIn(part) !== null)) return null;
  const parts = value.map((part) => (typeof part === 'string' ? part : textIn(part, depth + 1))).filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('');
}
