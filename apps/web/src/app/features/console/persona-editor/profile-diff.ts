import { type PersonaProfile, personaProfile } from '@dramatis/contracts/persona';
import { diffArrays } from 'diff';
import { type DiffRun, wordDiff } from '../versions/word-diff';

/** How one field of a profile differs between two versions. */
export type FieldDifference =
  | { field: string; kind: 'text'; runs: DiffRun[] }
  | { field: string; kind: 'list'; items: ListItem[] }
  | { field: string; kind: 'value'; before: string | null; after: string | null };

export interface ListItem {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Long texts, whose words are compared; other texts are short and stand side by side. */
const texts: ReadonlySet<string> = new Set(['description', 'stylisticInstructions', 'tagline']);
const fields = Object.keys(personaProfile.shape) as (keyof PersonaProfile)[];

/** The fields that differ, in the order of the editor. */
export function differences(before: PersonaProfile, after: PersonaProfile): FieldDifference[] {
  return fields.flatMap((field) => {
    const [from, to] = [before[field], after[field]];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [differenceOf(field, from, to)];
  });
}

function differenceOf(field: string, before: unknown, after: unknown): FieldDifference {
  if (texts.has(field)) return { field, kind: 'text', runs: wordDiff(asText(before), asText(after)) };
  if (Array.isArray(before) || Array.isArray(after) || isRecord(before) || isRecord(after)) {
    return { field, kind: 'list', items: listDifference(linesOf(before), linesOf(after)) };
  }
  return { field, kind: 'value', before: before === undefined ? null : asText(before), after: after === undefined ? null : asText(after) };
}

/** What stays in its order, what came and what went; a line that moved has gone in one place and come in another. */
export function listDifference(before: readonly string[], after: readonly string[]): ListItem[] {
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return value.map((text): ListItem => ({ kind, text }));
  });
}

/** A list's entries, each as one line; the voice's lists with the name of each before its lines. */
function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(asText);
  if (!isRecord(value)) return value === undefined ? [] : [asText(value)];
  return Object.entries(value).flatMap(([key, entry]) => (Array.isArray(entry) ? entry : [entry]).map((line) => `${key}: ${asText(line)}`));
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isRecord(value)) return Object.values(value).map(asText).join(' — ');
  return value === undefined ? '' : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
