const blocks = 'p, li, dd, dt, h3, h4, h5, pre, blockquote, div, tr';

/** What of the page is selected inside an element of `within`, as plain lines without citations' numerals; null when nothing is. */
export function selectedText(selection: Selection | null, within: string): string | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const elementOf = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement);
  if (!elementOf(range.startContainer)?.closest(within) || !elementOf(range.endContainer)?.closest(within)) return null;
  const copy = document.createElement('div');
  copy.append(range.cloneContents());
  for (const element of copy.querySelectorAll('button, .visually-hidden, .no-print')) element.remove();
  for (const block of copy.querySelectorAll(blocks)) block.append('\n');
  const lines = copy.textContent.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  return lines.filter((line) => line !== '').join('\n') || null;
}

/** The draft with a quotation before it. */
export function withQuotation(draft: string, quotation: string): string {
  const quoted = quotation
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return draft.trim() === '' ? `${quoted}\n\n` : `${draft.trimEnd()}\n\n${quoted}\n\n`;
}
