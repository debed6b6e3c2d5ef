import { diffTexts } from './document-diff.js';

const text = (...sentences: string[]) => sentences.join(' ');
const filler = Array.from({ length: 40 }, (_, i) => `Sentence number ${i} stands here.`);

describe('diffTexts', () => {
  it('names the sentences that came and went, with what stands around them', () => {
    const { parts } = diffTexts(text('One.', 'Two.', 'Three.'), text('One.', 'Deux.', 'Three.'));
    expect(parts).toEqual([
      { kind: 'same', text: 'One. ' },
      { kind: 'removed', text: 'Two. ' },
      { kind: 'added', text: 'Deux. ' },
      { kind: 'same', text: 'Three.' },
    ]);
  });

  it('leaves out the middle of long runs of the same', () => {
    const { parts } = diffTexts(text('Old.', ...filler, 'End.'), text('New.', ...filler, 'Fin.'));
    const same = parts.find(({ kind }) => kind === 'same')!;
    expect(same.text).toContain('…');
    expect(same.text.length).toBeLessThan(200);
    expect(parts.filter(({ kind }) => kind !== 'same').map(({ text: said }) => said.trim())).toEqual(['Old.', 'New.', 'End.', 'Fin.']);
  });

  it('shows texts that have nothing in common one after the other, in bounded time', () => {
    const many = (word: string) => Array.from({ length: 3_000 }, (_, i) => `The ${word} number ${i} is here.`).join(' ');
    const { parts } = diffTexts(many('loom'), many('reef'));
    expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('says when a text is too long to be shown whole', () => {
    expect(diffTexts('A. '.repeat(200_000), 'A.').truncated).toBe(true);
    expect(diffTexts('', 'A.')).toEqual({ parts: [{ kind: 'added', text: 'A.' }], truncated: false });
  });
});
