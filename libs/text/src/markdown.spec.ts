import { markdownSections } from './markdown.js';

describe('markdownSections', () => {
  it('keeps the path of headings', () => {
    const sections = markdownSections('Before.\n\n# A\n\nIn A.\n\n## B\n\nIn B.\n\n### C\n\nIn C.\n\n## D\n\nIn D.\n\n# E\n');
    expect(sections.map(({ headingPath, text }) => [headingPath.join(' / '), text])).toEqual([
      ['', 'Before.'],
      ['A', 'In A.'],
      ['A / B', 'In B.'],
      ['A / B / C', 'In C.'],
      ['A / D', 'In D.'],
      ['E', ''],
    ]);
  });

  it.each([
    ['emphasis, code and links', 'It *is* **very** `true` in [this book](https://example.org "t") ~~no~~.', 'It is very true in this book no.'],
    ['wrapped paragraphs', 'One line\nand another.\n\nNext.', 'One line and another.\n\nNext.'],
    ['hard breaks', 'Roses are red,  \nviolets blue.', 'Roses are red,\nviolets blue.'],
    ['lists, an item a sentence', '- bread\n- milk!\n  - whole\n- *eggs*', 'bread.\nmilk!\nwhole.\neggs.'],
    ['ordered lists', '1. First\n2. Second', 'First.\nSecond.'],
    ['tasks', '- [x] done\n- [ ] open', 'done.\nopen.'],
    ['loose lists', '- One.\n\n  More on one.\n\n- Two', 'One. More on one.\nTwo.'],
    ['tables, a row a sentence', '| Year | Event |\n|---|---|\n| 1815 | her *birth* |\n| 1843 | |', 'Year: 1815; Event: her birth.\nYear: 1843.'],
    ['code', '```ts\nconst a = 1;\nconst b = 2;\n```', 'const a = 1;\nconst b = 2;'],
    ['quotations', '> The engine\n> weaves.\n>\n> Patterns.', 'The engine weaves.\n\nPatterns.'],
    ['entities', 'Fish &amp; chips &mdash; &#163;5 &#x41; &unknown;', 'Fish & chips — £5 A &unknown;'],
    ['escapes', 'Not \\*emphasis\\*', 'Not *emphasis*'],
    ['descriptions of images', '![A portrait](a.png) hangs.', 'A portrait hangs.'],
    ['the text of inline tags', 'H<sub>2</sub>O is <b>wet</b>.', 'H 2 O is wet .'],
    ['no scripts, styles or comments', '<script>\nalert(1)\n</script>\n\n<style>p{}</style>\n\n<!-- note -->\n\nSeen.', 'Seen.'],
    ['no inline scripts', 'A <script>alert(1)</script>B', 'A B'],
    ['no rules and definitions', 'A\n\n---\n\n[x]: https://example.org\n\nB', 'A\n\nB'],
  ])('renders %s', (_name, markdown, expected) => {
    const [section] = markdownSections(markdown);
    expect(section!.text.replace(/ +/g, ' ')).toBe(expected);
  });

  it.each(['[', '*a **b ', '_a', '>', '> - ', '- ', '1. ', '`', '![', '<a ', '<!-- ', '|', 'a@', 'https://a.', '~~a', '[a](', '- a\n', '> a\n'])(
    'survives 100,000 characters of %j',
    (unit) => {
      const text = unit.repeat(100_000 / unit.length);
      expect(markdownSections(text).length).toBeLessThanOrEqual(1);
      expect(() => markdownSections(`${unit.repeat(3_000 / unit.length)}\n\n`.repeat(10))).not.toThrow();
    },
  );
});
