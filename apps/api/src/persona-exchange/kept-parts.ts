import type { CharacterCard } from '@dramatis/character-card/character-card';
import { isJsonObject, type JsonValue } from '@dramatis/character-card/json-value';

/** What a persona has a place for. */
const taken = new Set(['name', 'nickname', 'description', 'personality', 'scenario', 'first_mes', 'mes_example', 'system_prompt', 'post_history_instructions', 'tags', 'creator', 'extensions']);
const maxParts = 60;
const maxNameCharacters = 80;

/** Names of the card's parts that are kept with the persona because it has no place for them, such as `extensions/depth_prompt`. */
export function keptParts({ data, beside }: CharacterCard): string[] {
  const extensions = isJsonObject(data['extensions']) ? data['extensions'] : {};
  const parts = [
    ...Object.entries(data).filter(([key]) => !taken.has(key)),
    ...Object.entries(extensions).map(([key, value]): [string, JsonValue] => [`extensions/${key}`, value]),
    ...Object.entries(beside),
  ];
  return parts.flatMap(([name, value]) => (isEmpty(value) ? [] : [name.slice(0, maxNameCharacters).toWellFormed()])).slice(0, maxParts);
}

function isEmpty(value: JsonValue): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0) || (isJsonObject(value) && Object.keys(value).length === 0);
}
