import { markPassage } from './marked-document';

const text = 'On the engine\n\nFirst paragraph, of two sentences. Here is the second.\n\nThe third\nis on two lines.\n\n\nLast.';

describe('markPassage', () => {
  it('keeps every word, in paragraphs', () => {
    const paragraphs = markPassage(text, 0, 0);
    expect(paragraphs.map(({ stretches }) => stretches.map((stretch) => stretch.text).join(''))).toEqual([
      'On the engine',
      'First paragraph, of two sentences. Here is the second.',
      'The third\nis on two lines.',
      'Last.',
    ]);
    expect(paragraphs.map(({ heading }) => heading)).toEqual([true, false, false, false]);
  });

  it('marks exactly the passage, across paragraphs', () => {
    const start = text.indexOf('Here is');
    const end = text.indexOf('is on two');
    const marked = markPassage(text, start, end).flatMap(({ stretches }) => stretches.filter((stretch) => stretch.marked));
    expect(marked.map((stretch) => stretch.text)).toEqual(['Here is the second.', 'The third\n']);
  });

  it('marks nothing for a place outside of the text', () => {
    const stretches = markPassage(text, 10_000, 10_100).flatMap((paragraph) => paragraph.stretches);
    expect(stretches.some((stretch) => stretch.marked)).toBe(false);
  });
});
