import { readSchema } from './schema-text';

const lines = (text: string) => readSchema(text).problems.map(({ line, message }) => [line, message]);

describe('readSchema', () => {
  it('reads a schema', () => {
    const { schema, problems } = readSchema('{\n  "type": "object",\n  "properties": { "a": { "type": "string" } }\n}');
    expect(problems).toEqual([]);
    expect(schema).toEqual({ type: 'object', properties: { a: { type: 'string' } } });
  });

  it('says from which line on it is no JSON', () => {
    expect(lines('')).toEqual([[1, null]]);
    expect(lines('{\n  "type": "object",\n}')).toEqual([[3, null]]);
    expect(lines('{\n  // a comment\n  "type": "object"\n}')).toEqual([[2, null]]);
    expect(lines('{\n  "type": "object"\n')[0]![1]).toBeNull();
  });

  it('says in which line it is no schema for replies', () => {
    const text = '{\n  "type": "object",\n  "properties": {\n    "a": { "type": "string",\n      "pattern": "^(a+)+$" },\n    "__proto__": { "type": "string" },\n    "b": {\n      "$ref": "https://example.org/s.json" }\n  }\n}';
    expect(lines(text)).toEqual([
      [5, expect.stringMatching(/Patterns are not checked/)],
      [6, expect.stringMatching(/letters, digits and underscores/)],
      [8, expect.stringMatching(/References are not followed/)],
    ]);
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });
});
