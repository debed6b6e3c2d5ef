import { selectedText, withQuotation } from './quotation';

describe('selectedText', () => {
  let page: HTMLElement;
  beforeEach(() => {
    page = document.createElement('main');
    page.innerHTML = '<dr-reply><p id="a">It weaves<span class="cited"> patterns<button class="cite">1</button></span>.</p><ul><li id="b">And   counts.</li></ul></dr-reply><p id="c">Elsewhere</p>';
    document.body.append(page);
  });
  afterEach(() => page.remove());

  function select(from: string, to: string): Selection {
    const range = document.createRange();
    range.setStartBefore(page.querySelector(from)!.firstChild!);
    range.setEndAfter(page.querySelector(to)!.lastChild!);
    const selection = getSelection()!;
    selection.removeAllRanges();
    selection.addRange(range);
    return selection;
  }

  it('is what was said, line by line, without numerals', () => {
    expect(selectedText(select('#a', '#b'), 'dr-reply')).toBe('It weaves patterns.\nAnd counts.');
  });

  it('is nothing outside of what was said, or where nothing is selected', () => {
    expect(selectedText(select('#a', '#c'), 'dr-reply')).toBeNull();
    getSelection()!.removeAllRanges();
    expect(selectedText(getSelection(), 'dr-reply')).toBeNull();
  });
});

describe('withQuotation', () => {
  it('stands before what is to be written, and after what was', () => {
    expect(withQuotation(' ', 'It weaves.\nIt counts.')).toBe('> It weaves.\n> It counts.\n\n');
    expect(withQuotation('So:\n', 'It weaves.')).toBe('So:\n\n> It weaves.\n\n');
  });
});
