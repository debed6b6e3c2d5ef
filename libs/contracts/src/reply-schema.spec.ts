import { customFormatContent } from './custom-format.js';
import { type ReplySchema, replySchemaLimits, schemaIssues } from './reply-schema.js';

const recipe: ReplySchema = {
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 80 },
    serves: { type: 'integer', minimum: 1, maximum: 20 },
    vegetarian: { type: 'boolean' },
    course: { type: 'string', enum: ['starter', 'main', 'dessert'] },
    steps: { type: 'array', minItems: 2, items: { type: 'object', properties: { name: { type: 'string' }, text: { type: 'string' } } } },
  },
};

const withProperty = (node: unknown): unknown => ({ type: 'object', properties: { a: node } });

describe('schemaIssues', () => {
  it('takes objects of texts, numbers, choices and lists', () => {
    expect(schemaIssues(recipe)).toEqual([]);
    expect(schemaIssues({ ...recipe, $schema: 'https://json-schema.org/draft/2020-12/schema', additionalProperties: false, required: Object.keys(recipe.properties) })).toEqual([]);
  });

  it.each([
    ['a remote reference', withProperty({ $ref: 'https://example.org/schema.json' }), ['properties', 'a', '$ref']],
    ['a reference to itself', { type: 'object', properties: { a: { type: 'string' } }, $defs: { a: { $ref: '#' } } }, ['$defs']],
    ['a pattern that backtracks for ever', withProperty({ type: 'string', pattern: '^(a+)+$' }), ['properties', 'a', 'pattern']],
    ['names by pattern', { ...recipe, patternProperties: { '^(a+)+$': { type: 'string' } } }, ['patternProperties']],
    ['open objects', { ...recipe, additionalProperties: true }, ['additionalProperties']],
    ['a property that is not required', { ...recipe, required: ['title'] }, ['required']],
    ['a type nobody knows', withProperty({ type: 'null' }), ['properties', 'a', 'type']],
    ['several types', withProperty({ type: ['string', 'number'] }), ['properties', 'a', 'type']],
    ['a type named after a method', withProperty({ type: 'constructor' }), ['properties', 'a', 'type']],
    ['alternatives', withProperty({ type: 'string', anyOf: [{ type: 'string' }] }), ['properties', 'a', 'anyOf']],
    ['a list of lists', withProperty({ type: 'array', items: { type: 'array', items: { type: 'string' } } }), ['properties', 'a', 'items']],
    ['bounds the wrong way round', withProperty({ type: 'array', items: { type: 'string' }, minItems: 5, maxItems: 2 }), ['properties', 'a', 'maxItems']],
    ['endless lists', withProperty({ type: 'array', items: { type: 'string' }, minItems: 1e9 }), ['properties', 'a', 'minItems']],
    ['no properties', { type: 'object', properties: {} }, ['properties']],
    ['a list at the root', { type: 'array', items: { type: 'string' } }, ['type']],
    ['a text', 'object', []],
    ['nothing', null, []],
  ])('refuses %s, and says where', (_, schema, path) => {
    expect(schemaIssues(schema)).toMatchObject([{ path, message: expect.stringMatching(/\w.*\.$/), wording: { key: expect.stringMatching(/^fields\.schema_/) } }]);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', '$where', 'a.b', 'a b', '0'])('refuses a property called %s', (name) => {
    // As it comes over HTTP: an object literal would set the prototype instead.
    const schema = JSON.parse(`{"type":"object","properties":{${JSON.stringify(name)}:{"type":"string"}}}`) as unknown;
    expect(schemaIssues(schema)).toEqual([expect.objectContaining({ path: ['properties', name] })]);
  });

  it('refuses what is too deep, too wide or too large, without falling over it', () => {
    const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => withProperty(inner), { type: 'string' });
    expect(schemaIssues(nested(replySchemaLimits.depth))).toEqual([]);
    expect(schemaIssues(nested(replySchemaLimits.depth + 1))[0]!.message).toMatch(/nested 4 deep/);
    expect(schemaIssues(nested(5_000))).toHaveLength(1);
    const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`, { type: 'string' }]));
    expect(schemaIssues({ type: 'object', properties: wide }).length).toBeGreaterThan(0);
    expect(schemaIssues(withProperty({ type: 'string', description: 'x'.repeat(20_000) }))[0]!.message).toMatch(/bytes; it may have 16384/);
    const circular: Record<string, unknown> = { type: 'object' };
    circular['properties'] = { a: circular };
    expect(schemaIssues(circular)).toEqual([{ path: [], message: 'The schema must be JSON.', wording: { key: 'fields.schema_json', params: {} } }]);
  });
});

describe('customFormatContent', () => {
  const words = { label: { en: 'Recipe' }, description: { en: 'A recipe' }, instructions: 'Answer with a recipe.' };

  it('tells what is wrong with a schema by its path', () => {
    const { error } = customFormatContent.safeParse({ ...words, shape: { kind: 'schema', schema: withProperty({ type: 'string', pattern: 'a' }) } });
    expect(error?.issues.map(({ path }) => path)).toEqual([['shape', 'schema', 'properties', 'a', 'pattern']]);
    expect(customFormatContent.safeParse({ ...words, shape: { kind: 'schema', schema: recipe } }).success).toBe(true);
  });

  it('takes only rules that the grammar knows, with bounds in order', () => {
    const of = (base: string, rules: object): boolean => customFormatContent.safeParse({ ...words, shape: { kind: 'grammar', base, rules } }).success;
    expect(of('bullet_points', { minItems: 3, maxItems: 5 })).toBe(true);
    expect(of('bullet_points', { minItems: 5, maxItems: 3 })).toBe(false);
    expect(of('essay', { minItems: 3 })).toBe(false);
    expect(of('qa', { question: 'none' })).toBe(false);
    expect(of('free', { title: true, headings: ['For', 'Against'] })).toBe(true);
  });
});
