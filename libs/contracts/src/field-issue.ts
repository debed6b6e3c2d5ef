import type { z } from 'zod';
import { type FieldKey, fieldSentence, fieldTexts } from './field-texts.js';
import type { Wording } from './wording.js';

type Issue = z.core.$ZodIssue;
type Sentence = ReturnType<typeof fieldSentence>;

/** The keys of the sentences that take no values, by the sentence: what schemas give as their messages. */
const keys = new Map<string, FieldKey>(Object.entries(fieldTexts).flatMap(([key, text]) => (text.includes('{') ? [] : [[text, key as FieldKey]])));

const types: Record<string, Exclude<FieldKey, `${string}_${string}`> | 'whole_number' | 'truth_value'> = {
  string: 'text',
  number: 'number',
  int: 'whole_number',
  boolean: 'truth_value',
  array: 'list',
  object: 'object',
  record: 'object',
};

/** What a schema found wrong, as a sentence of ours where it did not bring one. */
export function sentenceOfIssue(issue: Issue): Sentence {
  const key = keys.get(issue.message);
  if (key !== undefined) return bare(key);
  switch (issue.code) {
    case 'invalid_type':
      return bare(/received undefined$/.test(issue.message) ? 'needed' : (types[issue.expected] ?? 'other_kind'));
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'not_multiple_of':
      return fieldSentence('no_multiple', { divisor: issue.divisor });
    case 'invalid_value':
      return fieldSentence('no_choice', { choices: issue.values.map(String).join(', ') });
    case 'unrecognized_keys':
      return fieldSentence('unknown_fields', { fields: issue.keys.map((name) => name.slice(0, 60)).slice(0, 10).join(', ') });
    case 'invalid_format':
      return bare(issue.format === 'datetime' ? 'date_time' : 'form');
    case 'custom':
      return { message: issue.message, wording: (issue.params?.['wording'] as Wording | undefined) ?? bare('form').wording };
    default:
      return bare('no_alternative');
  }
}

function bare(key: FieldKey): Sentence {
  return fieldSentence(key as 'form');
}

function tooSmall(origin: string, minimum: number): Sentence {
  if (origin === 'string') return minimum === 1 ? fieldSentence('empty') : fieldSentence('too_short', { minimum });
  if (origin === 'array' || origin === 'set' || origin === 'map') return minimum === 1 ? fieldSentence('empty') : fieldSentence('too_few', { minimum });
  return fieldSentence('too_low', { minimum });
}

function tooBig(origin: string, maximum: number): Sentence {
  if (origin === 'string') return fieldSentence('too_long', { maximum });
  if (origin === 'array' || origin === 'set' || origin === 'map') return fieldSentence('too_many', { maximum });
  return fieldSentence('too_high', { maximum });
}
