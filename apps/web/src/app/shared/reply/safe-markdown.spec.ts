import { type MarkdownOptions, renderBlocks, renderInline } from './safe-markdown';

const options: MarkdownOptions = { citationLabel: (number) => (number <= 3 ? `Source ${number}: "Notes" & <letters>` : null) };

/** The elements that a browser makes of a text. */
function shown(html: string): HTMLElement {
  const host = document.createElement('div');
  host.innerHTML = html;
  return host;
}

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![tracker](https://evil.example/pixel.gif)',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](data:text/html;base64,PHNjcmlwdD4=)',
  '[click](vbscript:msgbox)',
  '<a href="https://evil.example" onclick="alert(1)">x</a>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<style>body{background:url(https://evil.example)}</style>',
  '<form action=https://evil.example><input name=p><button>ok</button></form>',
  '<button data-citation="1" class="cite">9</button>',
  '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '[a](https://x.example/"onmouseover="alert(1))',
  '`<img src=x onerror=alert(1)>`',
  '<div style="position:fixed;inset:0">over everything</div>',
  '[x]: https://evil.example "title"\n\n![x]',
];

describe.each([
  ['inline', (text: string) => renderInline(text, options)],
  ['block', (text: string) => renderBlocks(text, options).join('')],
])('hostile %s markdown', (_, render) => {
  it.each(hostile)('is harmless: %s', (text) => {
    const host = shown(render(text));
    for (const element of host.querySelectorAll('*')) {
      expect(['P', 'EM', 'STRONG', 'CODE', 'PRE', 'A', 'SPAN', 'BR']).toContain(element.tagName);
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^style$|^src/);
        if (name === 'href') expect(value).toMatch(/^https?:\/\//);
      }
    }
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
