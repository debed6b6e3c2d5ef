import { extractDocument } from './extract.js';

const markdown = `---
title: A life
---

# A life

Born in 1815.

## Work

She *wrote* notes.

### Empty

## Death

- 1852
`;

describe('extractDocument', () => {
  it('gives a readable text, and sections that are slices of it', () => {
    const { text, sections, attributes } = extractDocument({ contentType: 'text/markdown', title: 'A Life', text: markdown });
    expect(attributes).toEqual({ title: 'A life' });
    expect(text).toBe('A life\n\nBorn in 1815.\n\nWork\n\nShe wrote notes.\n\nEmpty\n\nDeath\n\n1852.');
    expect(sections.map(({ headingPath, start, end }) => [headingPath, text.slice(start, end)])).toEqual([
      [[], 'Born in 1815.'],
      [['Work'], 'She wrote notes.'],
      [['Death'], '1852.'],
    ]);
  });

  it('keeps a first heading that is not the title', () => {
    const { sections } = extractDocument({ contentType: 'text/markdown', title: 'Notes', text: markdown });
    expect(sections[1]!.headingPath).toEqual(['A life', 'Work']);
  });

  it('takes plain text as it is, but clean', () => {
    const { text, sections } = extractDocument({ contentType: 'text/plain', title: 'T', text: '# not a heading\r\n\r\n\r\n\r\nText.  \n' });
    expect(text).toBe('# not a heading\n\nText.');
    expect(sections).toEqual([{ headingPath: [], start: 0, end: text.length }]);
  });

  it.each(['text/plain', 'text/markdown'] as const)('gives nothing for an empty %s document', (contentType) => {
    expect(extractDocument({ contentType, title: 'T', text: ' \n\u200b\n' })).toEqual({ text: '', sections: [], attributes: {} });
  });
});
