import { chunkDocument } from './chunk.js';
import { extractDocument } from './extract.js';
import { splitSentences } from './sentences.js';

const sentence = (n: number) => `Sentence number ${n} tells of wheels, cards and the weaving of patterns in brass.`;
const paragraph = (from: number, count: number) => Array.from({ length: count }, (_, i) => sentence(from + i)).join(' ');
const plain = (text: string) => extractDocument({ contentType: 'text/plain', title: 'T', text });

describe('chunkDocument', () => {
  it('keeps a short document whole', () => {
    const chunks = chunkDocument(plain('One. Two.'));
    expect(chunks).toEqual([{ ordinal: 0, headingPath: [], text: 'One. Two.', start: 0, end: 9, tokens: expect.any(Number) }]);
  });

  it('cuts on sentences, near the size asked for, without a small remainder', () => {
    const chunks = chunkDocument(plain(paragraph(1, 60)), { targetTokens: 250, overlapSentences: 1 });
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) {
      expect(chunk.tokens).toBeGreaterThan(150);
      expect(chunk.tokens).toBeLessThan(330);
      expect(chunk.text).toMatch(/^Sentence number .*brass\.$/s);
    }
  });

  it('repeats the last sentence of the chunk before', () => {
    const chunks = chunkDocument(plain(paragraph(1, 60)));
    for (const [index, chunk] of chunks.entries()) {
      if (index === 0) continue;
      const before = splitSentences(chunks[index - 1]!.text).at(-1)!.text;
      expect(splitSentences(chunk.text)[0]!.text).toBe(before);
    }
  });

  it('repeats nothing when asked so', () => {
    const text = paragraph(1, 60);
    const chunks = chunkDocument(plain(text), { overlapSentences: 0 });
    expect(chunks.map((chunk) => chunk.text).join(' ')).toBe(text);
  });

  it('loses no sentence, keeps the order, and gives offsets into the text', () => {
    const document = plain([paragraph(1, 23), paragraph(24, 11), paragraph(35, 40)].join('\n\n'));
    const chunks = chunkDocument(document, { targetTokens: 120 });
    for (const chunk of chunks) expect(document.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    const numbers = chunks.flatMap((chunk) => [...chunk.text.matchAll(/number (\d+)/g)].map((match) => Number(match[1])));
    expect([...new Set(numbers)]).toEqual(Array.from({ length: 74 }, (_, i) => i + 1));
    expect(chunks.map((chunk) => chunk.ordinal)).toEqual(chunks.map((_, i) => i));
  });

  it('never crosses a heading', () => {
    const document = extractDocument({ contentType: 'text/markdown', title: 'T', text: `# One\n\n${paragraph(1, 20)}\n\n## Two\n\n${paragraph(21, 3)}` });
    const chunks = chunkDocument(document);
    for (const chunk of chunks) {
      const numbers = [...chunk.text.matchAll(/number (\d+)/g)].map((match) => Number(match[1]));
      expect(chunk.headingPath).toEqual(numbers[0]! <= 20 ? ['One'] : ['One', 'Two']);
      expect(Math.max(...numbers) <= 20).toBe(numbers[0]! <= 20);
    }
  });

  it.each([['words without punctuation', 'word '.repeat(40_000)], ['one word', 'x'.repeat(200_000)], ['full stops', '. '.repeat(100_000)]])(
    'cuts 200,000 characters of %s',
    (_name, text) => {
      const chunks = chunkDocument(plain(text));
      expect(Math.max(...chunks.map((chunk) => chunk.tokens))).toBeLessThan(600);
    },
  );
});
