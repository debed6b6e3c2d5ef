import type { CustomFormatContent } from '@dramatis/contracts/custom-format';
import type { CustomModeContent } from '@dramatis/contracts/custom-mode';
import type { FormatRules, ModeRules } from '@dramatis/contracts/custom-rules';
import { rulesOfBase } from '@dramatis/contracts/format-rule-names';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import { readSchema } from './schema-text';

export type Kind = 'mode' | 'format';

/** A text in two languages, as its fields hold it. */
export interface WordsDraft {
  en: string;
  de: string;
}

/** What the editor holds of a mode or a format; the fields of the other kind stay as they are. */
export interface Draft {
  label: WordsDraft;
  phrase: WordsDraft;
  description: WordsDraft;
  instructions: string;
  mode: { base: InteractionMode | null; rules: ModeRules };
  format: { kind: 'grammar' | 'schema'; base: ResponseFormat; rules: FormatRules; schema: string };
}

/** What a curator who chooses a schema begins with. */
export const firstSchema = `{
  "type": "object",
  "properties": {
    "summary": { "type": "string", "title": "In short", "description": "One sentence." },
    "reasons": { "type": "array", "items": { "type": "string" }, "minItems": 2 }
  }
}`;

export function emptyDraft(): Draft {
  const words = (): WordsDraft => ({ en: '', de: '' });
  return {
    ...{ label: words(), phrase: words(), description: words(), instructions: '' },
    mode: { base: null, rules: {} },
    format: { kind: 'grammar', base: 'free', rules: {}, schema: firstSchema },
  };
}

export function draftOf(content: CustomModeContent | CustomFormatContent): Draft {
  const empty = emptyDraft();
  const words = (text: { en: string; de?: string | undefined } | undefined): WordsDraft => ({ en: text?.en ?? '', de: text?.de ?? '' });
  const { label, phrase, description, instructions } = content;
  const draft = { ...empty, label: words(label), phrase: words(phrase), description: words(description), instructions };
  if (!('shape' in content)) return { ...draft, mode: { base: content.base, rules: content.rules } };
  const { shape } = content;
  if (shape.kind === 'schema') return { ...draft, format: { ...empty.format, kind: 'schema', schema: JSON.stringify(shape.schema, null, 2) } };
  return { ...draft, format: { ...empty.format, base: shape.base, rules: shape.rules } };
}

/** Whether what browser storage holds is a draft; of another version of this page it may be something else. */
export function isDraft(value: unknown): value is Draft {
  return hasShapeOf(emptyDraft(), value);
}

function hasShapeOf(shape: object, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(shape).every(([name, part]: [string, unknown]) => {
    const found = (value as Record<string, unknown>)[name];
    if (part === null) return found === null || typeof found === 'string';
    return typeof part === 'object' ? hasShapeOf(part, found) : typeof found === typeof part;
  });
}

/** As the API takes it; null where the schema is none. */
export function modeOf(draft: Draft): CustomModeContent {
  return { ...wordsOf(draft), base: draft.mode.base, rules: withoutEmpty(draft.mode.rules) };
}

export function formatOf(draft: Draft): CustomFormatContent | null {
  const { kind, base, rules, schema } = draft.format;
  if (kind === 'grammar') {
    const known = Object.fromEntries(Object.entries(withoutEmpty(rules)).filter(([name]) => (rulesOfBase[base] as readonly string[]).includes(name)));
    return { ...wordsOf(draft), shape: { kind, base, rules: known } };
  }
  const read = readSchema(schema);
  return read.schema ? { ...wordsOf(draft), shape: { kind, schema: read.schema } } : null;
}

function wordsOf({ label, phrase, description, instructions }: Draft): Pick<CustomModeContent, 'label' | 'phrase' | 'description' | 'instructions'> {
  const words = ({ en, de }: WordsDraft) => ({ en: en.trim(), ...(de.trim() ? { de: de.trim() } : {}) });
  return { label: words(label), ...(phrase.en.trim() ? { phrase: words(phrase) } : {}), description: words(description), instructions: instructions.trim() };
}

function withoutEmpty<Rules extends object>(rules: Rules): Rules {
  return Object.fromEntries(
    Object.entries(rules).filter(([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)),
  ) as Rules;
}
