/**
 * Conditions on texts, whatever their case; what is looked for is taken literally. They are written with `$regex`: a RegExp as the value
 * of an indexed field finds nothing on a server that looks it up in the index as if it were the field's value.
 */
export interface TextMatch {
  $regex: string;
  $options: 'i';
}

/** Texts that have this somewhere in them. */
export function containing(text: string): TextMatch {
  return { $regex: escaped(text), $options: 'i' };
}

/** Texts that are this. */
export function exactly(text: string): TextMatch {
  return { $regex: `^${escaped(text)}$`, $options: 'i' };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
