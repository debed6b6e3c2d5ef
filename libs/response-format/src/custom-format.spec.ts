import type { CustomFormatContent, FormatShape } from '@dramatis/contracts/custom-format';
import type { ReplySchema } from '@dramatis/contracts/reply-schema';
import { customFormatInstructions } from './custom-instructions.js';
import { ruleInstructions, ruleViolations } from './custom-rules.js';
import { layOutValue } from './schema-layout.js';
import { createStructuredDecoder } from './structured-decoder.js';
import { outputSchemaFor } from './structured-output.js';
import { judgeFormat } from './verdict.js';

const custom = (shape: FormatShape): CustomFormatContent => ({ label: { en: 'Own' }, description: { en: 'Of our own' }, instructions: 'Be plain.', shape });

const schema: ReplySchema = {
  type: 'object',
  properties: {
    summary: { type: 'string' },
    sure: { type: 'boolean', title: 'Is it certain' },
    score: { type: 'number', minimum: 0, maximum: 10 },
    reasons: { type: 'array', items: { type: 'string' }, minItems: 2 },
    dates: { type: 'array', items: { type: 'object', properties: { year: { type: 'integer' }, event: { type: 'string', maxLength: 60 } } } },
    people: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, about: { type: 'string' }, works: { type: 'array', items: { type: 'string' } } } } },
    place: { type: 'object', properties: { town: { type: 'string' }, country: { type: 'string' } } },
  },
};
const value = {
  summary: 'The engine weaves patterns. [1]\n\nIt originates nothing.',
  sure: true,
  score: 7.5,
  reasons: ['Cards direct it. [1][9]', 'It has a “mill”\nand a store.'],
  dates: [{ year: 1843, event: 'Notes | Note G' }, { year: 1852, event: 'Her end' }],
  people: [{ name: 'Ada', about: 'Wrote 𝄞 notes.', works: ['Notes'] }, { name: '', about: 'Nobody.', works: [] }],
  place: { town: 'London', country: '' },
};
const laidOut = `**Summary:** The engine weaves patterns. [1]

It originates nothing.

**Is it certain:** yes

**Score:** 7.5

**Reasons:**

- Cards direct it. [1][9]
- It has a “mill” and a store.

**Dates:**

| Year | Event |
| --- | --- |
| 1843 | Notes \\| Note G |
| 1852 | Her end |

## People

### Ada

**About:** Wrote 𝄞 notes.

**Works:**

- Notes

**About:** Nobody.

## Place

**Town:** London`;

describe('a format with a schema', () => {
  const format = custom({ kind: 'schema', schema });

  it('is laid out as labelled fields, lists, tables and headings', () => {
    expect(layOutValue(schema, value)).toBe(laidOut);
  });

  it('only ever appends while its JSON arrives, in pieces of any size', () => {
    const json = JSON.stringify(value);
    for (const size of [1, 2, 7, 64, json.length]) {
      const decoder = createStructuredDecoder(format, 'Ada');
      let text = '';
      for (let at = 0; at < json.length; at += size) {
        text += decoder.push(json.slice(at, at + size));
        expect(laidOut.startsWith(text)).toBe(true);
      }
      text += decoder.end();
      expect(text).toBe(laidOut);
      expect(decoder.value()).toEqual(value);
    }
  });

  it('waits for what comes first in the schema when a model writes in another order', () => {
    const { summary, ...rest } = value;
    const decoder = createStructuredDecoder(format, 'Ada');
    expect(decoder.push(JSON.stringify(rest).slice(0, -1))).toBe('');
    expect(decoder.push(`,"summary":${JSON.stringify(summary)}}`) + decoder.end()).toBe(laidOut);
  });

  it('asks a provider for every property, with bounds in words', () => {
    const { jsonSchema } = outputSchemaFor(format)!;
    expect(jsonSchema).toMatchObject({ required: Object.keys(schema.properties), additionalProperties: false });
    expect(JSON.stringify(jsonSchema)).not.toMatch(/"(?:minItems|maxLength|minimum)":/);
    expect(jsonSchema['properties']).toMatchObject({ score: { description: '(minimum 0, maximum 10)' }, reasons: { description: '(minItems 2)' } });
    expect(customFormatInstructions(format, { structured: false, personaName: 'Ada' })).toContain('"required":["summary"');
  });

  it('is held against its schema; citations of nothing go from text and value alike', () => {
    const judged = judgeFormat(format, laidOut, { personaName: 'Ada', passageCount: 1, value });
    expect(judged).toMatchObject({ verdict: { satisfied: true }, removedCitations: 1 });
    expect(judged.text).toBe(laidOut.replace('[9]', ''));
    expect(judged.value).toMatchObject({ reasons: ['Cards direct it. [1]', expect.any(String)] });
  });

  it('tells a model what breaks the schema, and hands on no such value', () => {
    const judged = judgeFormat(format, 'x', { personaName: 'Ada', passageCount: 1, value: { ...value, score: 11, reasons: ['One'], more: 1 } });
    expect(judged.verdict.satisfied).toBe(false);
    expect(judged.verdict.violations.map(({ path }) => path)).toEqual(expect.arrayContaining(['score', 'reasons']));
    expect(judged.verdict.violations.some(({ message }) => message.includes('more'))).toBe(true);
    expect(judged).not.toHaveProperty('value');
    expect(judgeFormat(format, 'Just words.', { personaName: 'Ada', passageCount: 0 }).verdict.violations[0]!.rule).toBe('custom.no_json');
  });

  it('lets no key of a reply reach a prototype', () => {
    const decoder = createStructuredDecoder(format, 'Ada');
    decoder.push('{"__proto__":{"polluted":true},"summary":"x"}');
    decoder.end();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(judgeFormat(format, 'x', { personaName: 'Ada', passageCount: 0, value: decoder.value() }).verdict.satisfied).toBe(false);
  });
});

describe('rules of a format', () => {
  const broken = (base: Parameters<typeof ruleViolations>[0], rules: Parameters<typeof ruleViolations>[1], text: string): string[] =>
    ruleViolations(base, rules, text, 'Ada').map(({ rule }) => rule);

  it.each([
    ['bullet_points', { minItems: 3 }, '- a\n- b', ['custom.min_items']],
    ['bullet_points', { minItems: 2, maxItems: 2 }, '- a\n- b', []],
    ['bullet_points', { maxItems: 2 }, '- a\n- b\n- c', ['custom.max_items']],
    ['bullet_points', { maxItemWords: 3 }, '- one two three [12]\n- one two three four', ['custom.long_item']],
    ['bullet_points', { question: 'ends' }, '- a\n- b\n\nAnd you? [1]', []],
    ['bullet_points', { question: 'ends' }, '- a?\n- b', ['custom.ends_with_question']],
    ['bullet_points', { question: 'none' }, '- a?\n- b', ['custom.asks_nothing']],
    ['qa', { maxItems: 1 }, '**Q:** a?\n**A:** b\n\n**Q:** c?\n**A:** d', ['custom.max_items']],
    ['socratic_dialogue', { minItems: 3 }, '**Ada:** a\n\n**Interlocutor:** b?', ['custom.min_items']],
    ['essay', { headings: ['For', 'Against'] }, '# T\n\n## FOR:\n\nx\n\n## Against\n\ny', []],
    ['essay', { headings: ['For', 'Against'] }, '# T\n\n## Against\n\nx\n\n## For\n\ny', ['custom.headings']],
    ['essay', { headings: ['For'] }, '# T\n\n## For', ['custom.headings']],
    ['essay', { minParagraphs: 3, maxParagraphs: 4 }, '# T\n\na\n\nb', ['custom.min_paragraphs']],
    ['free', { title: true }, 'Words.', ['custom.title']],
    ['free', { title: true, headings: ['Then'] }, '# T\n\nx\n\n## Then\ny', []],
    ['free', { headings: ['First', 'Then'] }, '## First\n\nx\n\n## Then\n\ny', []],
    ['free', { minWords: 3, maxWords: 4 }, 'one two [1]', ['custom.min_words']],
    ['free', { maxWords: 4 }, '- one two – three four', []],
  ] as const)('%s with %j: %j', (base, rules, text, found) => {
    expect(broken(base, rules as Parameters<typeof ruleViolations>[1], text)).toEqual(found);
  });

  it('are told to a model in words, and judged beside the grammar', () => {
    expect(ruleInstructions('bullet_points', { minItems: 3, maxItems: 3, question: 'ends' })).toEqual(['Write exactly 3 items.', 'End with a question to the other person.']);
    const format = custom({ kind: 'grammar', base: 'bullet_points', rules: { minItems: 3 } });
    const { violations } = judgeFormat(format, 'Only text.', { personaName: 'Ada', passageCount: 0 }).verdict;
    expect(violations.map(({ rule }) => rule)).toEqual(['bullet_points.too_few_items', 'custom.min_items']);
    const told = customFormatInstructions(format, { structured: false, personaName: 'Ada' });
    expect(told).toContain('begins with "- "');
    expect(told).toContain('Write at least 3 items.');
    expect(told).not.toContain('three to seven items');
  });
});
