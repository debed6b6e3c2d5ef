import TurndownService from 'turndown';

const maxCellCharacters = 2_000;

/**
 * A tree of HTML as Markdown: headings, lists, tables, quotes and code are kept, links and pictures reduced to their texts. The tree must not be
 * nested deeper than `parsePage` lets it be.
 */
export function htmlToMarkdown(root: Element): string {
  return createService().turndown(root as HTMLElement);
}

function createService(): TurndownService {
  const service = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*', hr: '---' });
  service.remove(['script', 'style', 'noscript', 'template', 'iframe', 'object', 'form', 'button', 'select', 'textarea', 'input', 'canvas', 'audio', 'video', 'title'] as never[]);
  service.remove((node) => node.nodeName.toLowerCase() === 'svg');
  // A link back from a footnote says nothing.
  service.addRule('link', { filter: 'a', replacement: (content, node) => (/^(?:\s|[↑↩^]|\ufe0e){1,4}$/u.test(node.textContent ?? '') ? '' : content) });
  service.addRule('image', { filter: 'img', replacement: () => '' });
  service.addRule('heading', {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (content, node) => {
      const title = content.replace(/\s+/g, ' ').trim();
      return title === '' ? '' : `\n\n${'#'.repeat(Number(node.nodeName[1]))} ${title}\n\n`;
    },
  });
  service.addRule('term', { filter: 'dt', replacement: (content) => `\n\n**${content.replace(/\s+/g, ' ').trim()}**\n` });
  service.addRule('definition', { filter: 'dd', replacement: (content) => `\n${content.trim()}\n` });
  service.addRule('caption', { filter: ['figcaption', 'caption'], replacement: (content) => `\n\n${content.trim()}\n\n` });
  service.addRule('table', { filter: 'table', replacement: (content, node) => table(node) ?? `\n\n${content.trim()}\n\n` });
  service.addRule('cell', { filter: ['td', 'th'], replacement: (content) => `${content.trim()}\n\n` });
  return service;
}

/** A table of data, or null for one that only lays out a page: with tables, lists or long texts in its cells, or one column. */
function table(node: HTMLElement): string | null {
  if (node.querySelector('table, ul, ol, h1, h2, h3, pre, blockquote')) return null;
  const rows = [...node.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('td, th')].map((cell) => cellText(cell)));
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const columns = filled.reduce((most, row) => Math.max(most, row.length), 0);
  if (columns < 2 || filled.some((row) => row.some((cell) => cell.length > maxCellCharacters))) return null;
  const lines = filled.map((row) => `| ${Array.from({ length: columns }, (_, index) => row[index] ?? '').join(' | ')} |`);
  lines.splice(1, 0, `|${' --- |'.repeat(columns)}`);
  const caption = node.querySelector('caption')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  return `\n\n${caption === '' ? '' : `${caption}\n\n`}${lines.join('\n')}\n\n`;
}

function cellText(cell: Element): string {
  return (cell.textContent ?? '').replace(/\s+/g, ' ').trim().replace(/\\/g, '\\\\').replace(/\|/g, '\\|');
}
