import { parseFrontMatter } from './front-matter.js';

describe('parseFrontMatter', () => {
  it('takes flat values off the text', () => {
    const { attributes, body } = parseFrontMatter('---\ntitle: A life\ntopics: [life, 1815]\nyear: 1815\ndraft: false\nnested: {a: 1}\n---\n\n# A life\n');
    expect(attributes).toEqual({ title: 'A life', topics: ['life', '1815'], year: 1815, draft: false });
    expect(body).toBe('# A life\n');
  });

  it('accepts an empty one', () => {
    expect(parseFrontMatter('---\n---\nText')).toEqual({ attributes: {}, body: 'Text' });
  });

  it.each([
    ['there is none', '# Title\n\n---\n\nText'],
    ['a rule opens the text', '---\n\nText without an end'],
    ['it is no mapping', '---\njust words\n---\nText'],
    ['it does not parse', '---\na: [1, 2\nb: }\n---\nText'],
    ['it has aliases', '---\na: &x [1, 2]\nb: [*x, *x, *x]\n---\nText'],
    ['it is too long', `---\na: ${'x'.repeat(20_000)}\n---\nText`],
    ['it is nested very deeply', `---\na: ${'['.repeat(8_000)}\n---\nText`],
  ])('leaves the text whole when %s', (_name, text) => {
    const { attributes, body } = parseFrontMatter(text);
    expect(attributes).toEqual({});
    expect(body === text).toBe(true);
  });

  it('does not touch prototypes', () => {
    const { attributes } = parseFrontMatter('---\n__proto__: polluted\ntitle: T\n---\nText');
    expect(attributes['title']).toBe('T');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });
});
