import { byteByByte, harmful, hostileMarkdown } from '../../../testing/hostile-markdown';
import { Formulas } from './formulas';
import { GrowingMarkdown, type MarkdownOptions, renderBlocks, renderInline } from './safe-markdown';

const options: MarkdownOptions = { picture: 'picture', formula: null, citationLabel: (number) => (number <= 3 ? `Source ${number}: "Notes" & <letters>` : null) };

beforeAll(async () => {
  const formulas = new Formulas();
  formulas.want();
  while (formulas.renderer() === null) await new Promise((resolve) => setTimeout(resolve, 5));
  options.formula = formulas.renderer();
});

/** The elements that a browser makes of a text. */
function shown(html: string): HTMLElement {
  const host = document.createElement('div');
  host.innerHTML = html;
  return host;
}

describe.each([
  ['inline', (text: string) => renderInline(text, options)],
  ['block', (text: string) => renderBlocks(text, options).join('')],
])('hostile %s markdown', (_, render) => {
  it.each(hostileMarkdown)('is harmless: %s', (text) => {
    expect(harmful(shown(render(text)))).toEqual([]);
  });
});

describe('hostile markdown in pieces, split at every byte', () => {
  it.each(hostileMarkdown)('is as harmless as whole, and the same in the end: %s', (text) => {
    const growing = new GrowingMarkdown(options);
    const around = `Before [1].\n\n${text}\n\nAfter *it*.`;
    let blocks: string[] = [];
    for (const seen of byteByByte(around)) {
      blocks = growing.render(seen);
      // As if the page were opened at this moment.
      expect(blocks).toEqual(renderBlocks(seen, options));
      expect([seen, harmful(shown(blocks.join('')))]).toEqual([seen, []]);
      expect([seen, harmful(shown(renderInline(seen, options)))]).toEqual([seen, []]);
    }
    expect(blocks).toEqual(renderBlocks(around, options));
  });

  it('makes links of what stood as text when their address comes last, as in a text that was there from the start', () => {
    const growing = new GrowingMarkdown(options);
    const text = 'See [the page].\n\nMore.\n\n[the page]: https://example.org/a';
    expect(growing.render(text.slice(0, 20)).join('')).not.toContain('<a');
    expect(growing.render(text)).toEqual(renderBlocks(text, options));
    expect(growing.render(text).join('')).toContain('href="https://example.org/a"');
  });
});

describe('formulas', () => {
  const mathOf = (text: string) => [...shown(renderBlocks(text, options).join('')).querySelectorAll('math')].map((math) => [math.textContent, math.getAttribute('display')]);

  it.each([
    ['Then $x^2$.', 'x2', null],
    ['Then \\(x^2\\), as', 'x2', null],
    ['Then $$x^2$$ follows', 'x2', 'block'],
    ['$$\nx^2\n$$', 'x2', 'block'],
    ['Before\n\n\\[\nx\n- 2\n\\]\n\nAfter', 'x−2', 'block'],
    ['- of $x_i$ [1]', 'xi', null],
    ['| a |\n|---|\n| $x$ |', 'x', null],
    ['**$x$**', 'x', null],
  ])('are set as such: %j', (text, math, display) => {
    expect(mathOf(text)).toEqual([[math, display]]);
  });

  it.each(['It costs $5 and $10, or $5-$10.', 'Use $HOME and $PATH', '`$x$`', '```\n$$x$$\n```', '\\$x$', 'alone $', '$ x $', '$$', 'a $x\ny$'])('are not seen in %j', (text) => {
    expect(mathOf(text)).toEqual([]);
  });

  it('stand as they were written while they cannot be read, and where they are none', () => {
    expect(renderInline('Then $x^2$.', { ...options, formula: null })).toBe('Then <code>$x^2$</code>.');
    expect(renderInline('Then $\\nonsense{$.', options)).toBe('Then <code>$\\nonsense{$</code>.');
    expect(mathOf(`$${'{'.repeat(1_900)}$`)).toEqual([]);
    expect(mathOf(`$$${'x'.repeat(2_100)}$$`)).toEqual([]);
  });

  it('bring no styles of their own, which the page would not take', () => {
    const html = options.formula!('\\begin{aligned} a &= \\text{a style="b"} \\\\ c &= \\color{red}d \\end{aligned}', true)!;
    expect(shown(html).querySelectorAll('mtd')).toHaveLength(4);
    expect(shown(html).querySelectorAll('[style]')).toHaveLength(0);
    expect(shown(html).textContent).toContain('style="b"');
  });

  it('leave what follows to itself', () => {
    expect(renderBlocks('$$x$$\n\nAfter.', options)).toHaveLength(2);
    expect(shown(renderInline('In $x$ [1], see', options)).querySelectorAll('button.cite')).toHaveLength(1);
  });
});

describe('renderInline', () => {
  it('sets emphasis, code and strong text', () => {
    expect(renderInline('*a* **b** `c`', options)).toBe('<em>a</em> <strong>b</strong> <code>c</code>');
  });

  it('shows raw HTML as the text that it is', () => {
    expect(shown(renderInline('a <b>bold</b> claim', options)).textContent).toBe('a <b>bold</b> claim');
  });

  it('turns citation marks into named buttons, tight after the word', () => {
    const host = shown(renderInline('It weaves [1][3], as said [2, 1].', options));
    const buttons = [...host.querySelectorAll('button.cite')];
    expect(buttons.map((button) => (button as HTMLElement).dataset['citation'])).toEqual(['1', '3', '2', '1']);
    expect(buttons[0]?.getAttribute('aria-label')).toBe('Source 1: "Notes" & <letters>');
    expect(host.textContent).toBe('It weaves13, as said21.');
  });

  it('keeps a numeral on one line with its word and the punctuation after it', () => {
    const host = shown(renderInline('It weaves [1][2], they say.', options));
    expect(host.querySelector('.cited')?.textContent).toBe('weaves12,');
    expect(host.textContent).toBe('It weaves12, they say.');
  });

  it('leaves out marks of passages that do not exist', () => {
    expect(shown(renderInline('Weaves [7].', options)).textContent).toBe('Weaves.');
  });

  it('takes a year in brackets for text and a link for a link', () => {
    expect(renderInline('in [1843] it', options)).toBe('in [1843] it');
    expect(shown(renderInline('[1](https://a.example/)', options)).querySelector('a')?.textContent).toBe('1');
  });

  it('shows where a link leads, and opens it apart', () => {
    const link = shown(renderInline('[the page](https://www.example.org/a?b=c)', options));
    expect(link.textContent).toBe('the page (example.org)');
    expect(link.querySelector('a')?.rel).toBe('noopener noreferrer nofollow');
  });

  it.each([
    ['[www.apple.example](https://le.example)', 'www.apple.example (le.example)'],
    ['[https://good.example](https://evil.example/good.example)', 'https://good.example (evil.example)'],
    ['[evil.example.good.example](https://evil.example)', 'evil.example.good.example (evil.example)'],
    ['[here](https://good.example@evil.example)', 'here (evil.example)'],
    ['[https://good.example@evil.example](https://good.example@evil.example)', 'https://good.example@evil.example (evil.example)'],
    ['[gооd](https://gооd.example)', 'gооd (xn--gd-fmca.example)'],
    ['[your bank](mailto:thief@evil.example)', 'your bank (evil.example)'],
    ['[example.org/a](https://example.org/a)', 'example.org/a'],
    ['<https://example.org/a>', 'https://example.org/a'],
  ])('is not led to believe in another host: %s', (text, expected) => {
    expect(shown(renderInline(text, options)).textContent).toBe(expected);
  });

  it('offers a picture as a link, without fetching it', () => {
    const host = shown(renderInline('![a loom](https://example.org/loom.png)', options));
    expect(host.querySelector('img')).toBeNull();
    expect(host.querySelector('a')?.textContent).toBe('a loom');
  });
});

describe('renderBlocks', () => {
  it('gives one string a block, and finished blocks stay as they are while the text grows', () => {
    const text = 'First *paragraph* [1].\n\n- one\n- two\n\n> quoted\n\nLast [2] words';
    const whole = renderBlocks(text, options);
    expect(whole).toHaveLength(4);
    const grown = renderBlocks(`${text} and more`, options);
    expect(grown.slice(0, 3)).toEqual(whole.slice(0, 3));
    expect(grown[3]).not.toBe(whole[3]);
  });

  it('lowers headings below those of the page', () => {
    expect(renderBlocks('# A\n\n## B\n\n###### C', options)).toEqual(['<h3>A</h3>\n', '<h4>B</h4>\n', '<h5>C</h5>\n'].map((html) => html.trim()));
  });

  it('keeps ordered lists counting from their start', () => {
    expect(shown(renderBlocks('3. c\n4. d', options).join('')).querySelector('ol')?.start).toBe(3);
  });
});
