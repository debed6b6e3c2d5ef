import { type SourceTexts, readCode, readTemplate } from './source-texts';

function ofTemplate(template: string): SourceTexts {
  const found: SourceTexts = { uses: [], bare: [] };
  readTemplate(template, 'page.html', 1, found);
  return found;
}

function ofCode(code: string): SourceTexts {
  const found: SourceTexts = { uses: [], bare: [] };
  readCode(code, 'page.ts', found);
  return found;
}

describe('what a template says', () => {
  it.each([
    ['<p>No sources</p>', 'No sources'],
    ['<p>{{ count() }} sources</p>', 'sources'],
    ['@if (open()) { <b>{{ a }}</b> } @else { gone }', 'gone'],
    ['@for (a of b(); track a) { } @empty { Nothing. }', 'Nothing.'],
    ['<button aria-label="close"></button>', 'aria-label="close"'],
    ['<dr-form-end action="Save" />', 'action="Save"'],
    ['<dr-other words="Not yet there" />', 'words="Not yet there"'],
    ["<p>{{ done ? 'Not yet' : t('app.close') }}</p>", 'Not yet'],
    ["<p [title]=\"'All about ' + name\"></p>", 'All about '],
    ['<p [title]="`Everything about ${name}`"></p>', 'Everything about …'],
  ])('%s', (template, words) => {
    expect(ofTemplate(template).bare.map((found) => found.words)).toEqual([words]);
  });

  it.each(['<p class="Large text">{{ name }} · {{ 3 }}</p>', '<code>npm test</code>', "<p [class.open]=\"state() === 'Wide open'\"></p>", '<input placeholder="*.example.org" />'])('is nothing in %s', (template) => {
    expect(ofTemplate(template).bare).toEqual([]);
  });

  it('finds the texts asked for, with what they are given', () => {
    const { uses } = ofTemplate("<p [title]=\"t(a ? 'app.one' : 'app.two', { name: b() })\">\n{{ t(`app.kind.${kind()}.title`) }}</p>");
    expect(uses.map(({ line, key, values }) => [line, key, values])).toEqual([
      [1, 'app.one', ['name']],
      [1, 'app.two', ['name']],
      [2, 'app.kind.*.title', []],
    ]);
  });
});

describe('what code says', () => {
  it.each(["tell('The conversation is deleted.')", 'tell(`You have ${count} messages.`)', "const words = { a: 'Not yet there' };"])('is found in %s', (code) => {
    expect(ofCode(code).bare).toHaveLength(1);
  });

  it.each(["throw new Error('This cannot be.')", "import a from 'A b c.';", "if (a === 'The end') b();", "const keys = { 'audit.of': 'app.one' };", "find('dd, dt h3')"])('is nothing in %s', (code) => {
    expect(ofCode(code).bare).toEqual([]);
  });

  it('finds the texts asked for, with what they are given', () => {
    const { uses } = ofCode("this.t('app.one', { name, at: 3 }); t(`app.two.${kind}`, values); titled('app.three'); const key = 'app.four';");
    expect(uses.map(({ key, title, values }) => [key, title, values])).toEqual([
      ['app.one', false, ['name', 'at']],
      ['app.two.*', false, null],
      ['app.three', true, null],
      ['app.four', false, null],
    ]);
  });
});
