import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentSignature, estimateSimilarity, nearDuplicateSimilarity, signatureOf } from './document-signature.js';

const corpus = join(import.meta.dirname, '../../../tools/seed/personas/charles-darwin/corpus');
const documents = readdirSync(corpus).map((file) => readFileSync(join(corpus, file), 'utf8').replace(/^---[\s\S]*?---/, ''));
const original = documents[1]!;
const everyNth = (text: string, n: number) => {
  let index = 0;
  return text.replace(/\p{L}+/gu, (word) => (++index % n === 0 ? `${word}x` : word));
};
const shareBand = (one: DocumentSignature, other: DocumentSignature) => one.bands.some((band) => other.bands.includes(band));

describe('signatureOf', () => {
  it.each([
    ['another case, layout and punctuation', original.toUpperCase().replace(/[.,]/g, ' ').replace(/\n+/g, '\n')],
    ['a header and a footer', `From the collected writings, second printing, with the kind leave of the publisher.\n\n${original}\n\nPrinted in London. All rights reserved.`],
    ['some corrected words', everyNth(original, 40)],
    ['a sentence less', original.replace(/Professor Henslow[^.]*\./, '')],
    ['paragraphs in another order', original.split('\n\n').reverse().join('\n\n')],
  ])('takes a text with %s as a near duplicate, and finds it by a band', (_name, edited) => {
    const [one, other] = [signatureOf(original)!, signatureOf(edited)!];
    expect(estimateSimilarity(one, other)).toBeGreaterThanOrEqual(nearDuplicateSimilarity);
    expect(shareBand(one, other)).toBe(true);
  });

  it.each([
    ['every fifth word changed', everyNth(original, 5)],
    ['only its first half kept', original.slice(0, original.length / 2)],
    ['as much again added', original + documents[2]!],
  ])('tells a text with %s apart', (_name, edited) => {
    expect(estimateSimilarity(signatureOf(original)!, signatureOf(edited)!)).toBeLessThan(nearDuplicateSimilarity);
  });

  it('keeps documents of one author on neighbouring subjects far apart', () => {
    const signatures = documents.map((document) => signatureOf(document)!);
    const similarities = signatures.flatMap((one, index) => signatures.slice(index + 1).map((other) => estimateSimilarity(one, other)));
    expect(Math.max(...similarities)).toBeLessThan(0.15);
  });

  it('estimates the true similarity within a few standard errors', () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `word${index}`);
    for (const share of [0.25, 0.5, 0.75]) {
      const [one, other] = [words, [...words.slice(0, 2_000 * share), ...Array.from({ length: 2_000 * (1 - share) }, (_, index) => `other${index}`)]];
      const jaccard = share / (2 - share);
      expect(Math.abs(estimateSimilarity(signatureOf(one.join(' '))!, signatureOf(other.join(' '))!) - jaccard)).toBeLessThan(0.15);
    }
  });

  it('stays what it is, since it is stored', () => {
    const signature = signatureOf('The voyage of the Beagle was by far the most important event of my life.')!;
    expect(signature.minHashes).toHaveLength(640);
    expect(signature.bands.slice(0, 2)).toEqual(['0-1k3l5f8', '1-5nhpo3']);
    expect(JSON.parse(JSON.stringify(signature))).toEqual(signature);
  });

  it('takes short and empty texts', () => {
    expect(signatureOf(' … ')).toBeNull();
    expect(estimateSimilarity(signatureOf('Beagle')!, signatureOf('beagle!')!)).toBe(1);
    expect(estimateSimilarity(signatureOf('Beagle')!, signatureOf('Engine')!)).toBeLessThan(0.1);
  });

  it('takes a line without end', () => {
    expect(signatureOf('Aaa '.repeat(100_000))!.bands).toHaveLength(20);
    expect(signatureOf('a'.repeat(200_000))!.bands).toHaveLength(20);
  });
});
