import { z } from 'zod';
import { createSource } from './source.js';
import { customFormatContent } from './custom-format.js';
import { sentenceOfIssue } from './field-issue.js';
import { newPassword } from './identity/password.js';
import { uuid } from './ids.js';

function sentencesOf(schema: z.ZodType, value: unknown): [string, Record<string, string | number>, string][] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map((issue) => {
    const { message, wording } = sentenceOfIssue(issue);
    return [wording.key, wording.params ?? {}, message];
  });
}

describe('sentenceOfIssue', () => {
  const schema = z.strictObject({ name: z.string().min(1).max(3), tags: z.array(z.string()).max(1), depth: z.int().min(1), kind: z.enum(['a', 'b']), at: z.iso.datetime() });
  const sound = { name: 'ada', tags: [], depth: 1, kind: 'a', at: '2026-05-31T18:00:00Z' };

  it.each([
    [{ ...sound, name: undefined }, 'fields.needed', {}, 'is needed'],
    [{ ...sound, name: 7 }, 'fields.text', {}, 'must be a text'],
    [{ ...sound, name: '' }, 'fields.empty', {}, 'must not be empty'],
    [{ ...sound, name: 'augusta' }, 'fields.too_long', { maximum: 3 }, 'may have at most 3 characters'],
    [{ ...sound, tags: ['a', 'b'] }, 'fields.too_many', { maximum: 1 }, 'may have at most 1 entries'],
    [{ ...sound, depth: 0 }, 'fields.too_low', { minimum: 1 }, 'must be at least 1'],
    [{ ...sound, depth: 1.5 }, 'fields.whole_number', {}, 'must be a whole number'],
    [{ ...sound, kind: 'c' }, 'fields.no_choice', { choices: 'a, b' }, 'must be one of a, b'],
    [{ ...sound, at: 'noon' }, 'fields.date_time', {}, 'must be a date and time such as 2026-05-31T18:00:00Z'],
    [{ ...sound, more: 1 }, 'fields.unknown_fields', { fields: 'more' }, 'has fields that are not known here: more'],
  ])('words what a schema of zod finds by itself: %j', (value, key, params, message) => {
    expect(sentencesOf(schema, value)).toEqual([[key, params, message]]);
  });

  it('knows the sentences that our schemas bring, with their values', () => {
    expect(sentencesOf(uuid, 'x')).toEqual([['fields.uuid', {}, 'must be a UUID']]);
    expect(sentencesOf(newPassword, 'short')).toEqual([['fields.password_too_short', { minimum: 10 }, 'must have at least 10 characters']]);
    const source = { kind: 'page', personaId: 'ada', name: 'Letters', settings: { urls: ['ftp://example.org'] } };
    expect(sentencesOf(createSource, source)).toMatchObject([['fields.web_address', {}, expect.stringContaining('http://')]]);
  });

  it('keeps what a check of a whole finds, place by place', () => {
    const words = { en: 'Two lists' };
    const shape = { kind: 'grammar', base: 'qa', rules: { minItems: 4, maxItems: 2 } };
    const format = { label: words, phrase: words, description: words, instructions: 'Answer in pairs.', shape };
    expect(sentencesOf(customFormatContent, format)).toContainEqual(['fields.out_of_order', { least: 'minItems' }, 'must not be less than minItems']);
  });
});
