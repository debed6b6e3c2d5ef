import { type ReplySchema, schemaIssues } from '@dramatis/contracts/reply-schema';
import type { Wording } from '@dramatis/contracts/wording';
import { type Node, type ParseError, findNodeAtLocation, parseTree } from 'jsonc-parser';

export interface SchemaProblem {
  /** From 1. */
  line: number;
  /** Where it begins in the text, in characters. */
  offset: number;
  /** Null where the text is no JSON from here on. */
  message: string | null;
  wording?: Wording;
}

export interface ReadSchema {
  /** Null while something is wrong. */
  schema: ReplySchema | null;
  problems: SchemaProblem[];
}

const strict = { disallowComments: true, allowTrailingComma: false };

/** A schema as it is typed, with what is wrong by line: first the JSON, then what it says. */
export function readSchema(text: string): ReadSchema {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, strict);
  const at = (offset: number, message: string | null): SchemaProblem => ({ line: text.slice(0, offset).split('\n').length, offset, message });
  if (errors.length > 0 || !tree) {
    return { schema: null, problems: [at(errors[0]?.offset ?? 0, null)] };
  }
  const value: unknown = JSON.parse(text);
  const problems = schemaIssues(value).map(({ path, message, wording }) => ({ ...at(placeOf(tree, path), message), wording }));
  return { schema: problems.length > 0 ? null : (value as ReplySchema), problems };
}

/** Where the value stands, or the nearest thing around it that is there. */
function placeOf(tree: Node, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}
