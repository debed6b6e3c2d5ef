import { makePdf, type PdfText } from '@dramatis/testing/documents/make-pdf';
import { defaultExtractionLimits } from '../extraction-limits.js';
import { extractPdf } from './extract-pdf.js';

const read = (pages: (string | PdfText)[][]) => extractPdf(makePdf({ pages }), defaultExtractionLimits);

describe('extractPdf', () => {
  it('makes larger letters headings, and gaps paragraphs', async () => {
    const { markdown } = await read([
      [{ text: 'The harbour', size: 24 }, { text: 'Morning', size: 15, gap: 2 }, { text: 'The tide table hung', gap: 2 }, 'beside the door.', { text: 'Nobody read it.', gap: 2.6 }, { text: 'Noon', size: 15, gap: 2 }, { text: '# 1 - no heading.', gap: 2 }],
    ]);
    expect(markdown).toBe('# The harbour\n\n## Morning\n\nThe tide table hung beside the door.\n\nNobody read it.\n\n## Noon\n\n\\# 1 - no heading.');
  });

  it('joins words parted at the end of a line, and sentences parted at the end of a page', async () => {
    const { markdown } = await read([['The har-', 'bour of the North-', 'Sea is open and the'], ['fog is gone.', 'It is noon.']]);
    expect(markdown).toBe('The harbour of the North- Sea is open and the fog is gone. It is noon.');
  });

  it('leaves out headers, footers and page numbers, wherever they are drawn', async () => {
    const pages = Array.from({ length: 6 }, (_, index) => [
      { text: `Page ${index + 1} of 6`, y: 30 },
      { text: index % 2 === 0 ? 'The Harbour' : 'A. Lee', y: 800 },
      `The ${['first', 'second', 'third', 'fourth', 'fifth', 'sixth'][index]} page is about tides.`,
      'In 1912 the lighthouse was lit.',
      `It burnt for ${index + 30} years.`,
      'Then it was rebuilt.',
    ]);
    const { markdown, attributes } = await read(pages);
    expect(attributes.pageCount).toBe(6);
    expect(markdown).not.toMatch(/Page \d|The Harbour|A\. Lee/);
    expect(markdown.match(/page is about tides/g)).toHaveLength(6);
    expect(markdown.match(/In 1912 the lighthouse was lit/g)).toHaveLength(6);
  });

  it('takes title, author and date from its properties, but not a title that a program made', async () => {
    const pdf = makePdf({ title: 'The harbour', author: 'Ann Lee', pages: [['Words.']] });
    await expect(extractPdf(pdf, defaultExtractionLimits)).resolves.toMatchObject({ title: 'The harbour', attributes: { author: 'Ann Lee', published: '2024-01-31' } });
    await expect(extractPdf(makePdf({ title: 'Microsoft Word - draft7.doc', pages: [['Words.']] }), defaultExtractionLimits)).resolves.toMatchObject({ title: null });
  });

  it('reads what is left of a damaged file', async () => {
    const pdf = makePdf({ pages: [['The fog lifts.'], ['By noon.']] });
    const withoutIndex = pdf.slice(0, pdf.length - 18);
    await expect(extractPdf(withoutIndex, defaultExtractionLimits)).resolves.toMatchObject({ markdown: 'The fog lifts.\n\nBy noon.' });
  });
});
