import { isObject, type JsonObject } from './json-shapes.js';

const maxMessages = 100_000;

/**
 * The messages of a conversation that is kept as a tree of versions, `mapping: { id: { message, children } }`: the branch that
 * was shown last. Null when the value is no such export.
 */
export function chatExportMessages(value: JsonObject): unknown[] | null {
  const { mapping, current_node: current } = value;
  if (!isObject(mapping)) return null;
  const nodes = Object.entries(mapping).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
  const last = typeof current === 'string' && isObject(mapping[current]) ? current : lastLeaf(new Map(nodes));
  const messages: unknown[] = [];
  const seen = new Set<string>();
  for (let id: unknown = last; typeof id === 'string' && !seen.has(id) && messages.length < maxMessages; ) {
    seen.add(id);
    const node = mapping[id];
    if (!isObject(node)) break;
    if (isObject(node['message'])) messages.push(node['message']);
    id = node['parent'];
  }
  return messages.reverse();
}

function lastLeaf(nodes: ReadonlyMap<string, JsonObject>): string | null {
  let id = [...nodes].find(([, node]) => typeof node['parent'] !== 'string')?.[0] ?? null;
  const seen = new Set<string>();
  while (id !== null && !seen.has(id)) {
    seen.add(id);
    const children: unknown = nodes.get(id)?.['children'];
    const next: unknown = Array.isArray(children) ? children.at(-1) : null;
    if (typeof next !== 'string' || !nodes.has(next)) break;
    id = next;
  }
  return id;
}
