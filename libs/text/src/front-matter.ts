import { parse } from 'yaml';

export type FrontMatterValue = string | number | boolean | string[];

export interface FrontMatter {
  /** The flat values between the `---` lines; nested ones are left out. */
  attributes: Record<string, FrontMatterValue>;
  /** The text after it, or the whole text when it has none. */
  body: string;
}

const maxFrontMatterCharacters = 16_384;

/**
 * Takes the YAML front matter off a document. What looks like it but is no mapping, is too long or does not parse is
 * part of the text: nothing is lost, nothing throws.
 */
export function parseFrontMatter(text: string): FrontMatter {
  const opening = /^---[ \t]*\n/.exec(text);
  if (!opening) return { attributes: {}, body: text };
  const head = text.slice(0, maxFrontMatterCharacters);
  const closing = /^(?:---|\.\.\.)[ \t]*$/m.exec(head.slice(opening[0].length));
  if (!closing) return { attributes: {}, body: text };

  const yamlEnd = opening[0].length + closing.index;
  const attributes = parseAttributes(text.slice(opening[0].length, yamlEnd));
  if (!attributes) return { attributes: {}, body: text };
  return { attributes, body: text.slice(yamlEnd + closing[0].length).replace(/^\n+/, '') };
}

function parseAttributes(yaml: string): Record<string, FrontMatterValue> | null {
  let parsed: unknown;
  try {
    // Without aliases a small document cannot grow into a large one.
    parsed = parse(yaml, { schema: 'core', maxAliasCount: 0, logLevel: 'error' });
  } catch {
    return null;
  }
  if (parsed === null) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed)) return null;
  const attributes: [string, FrontMatterValue][] = [];
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') attributes.push([name, value]);
    else if (Array.isArray(value)) attributes.push([name, value.filter((item) => typeof item !== 'object').map(String)]);
  }
  return Object.fromEntries(attributes);
}
