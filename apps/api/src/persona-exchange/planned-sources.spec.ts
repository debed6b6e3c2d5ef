import type { BundledDocument, BundledSource } from '@dramatis/contracts/persona-bundle';
import { originalsBySource } from './planned-sources.js';

const source = (sourceId: string): BundledSource => ({ sourceId, name: sourceId.toUpperCase(), kind: 'upload', settings: null, publish: 'automatic' });
const document = (documentId: string, sourceId: string, included = true): BundledDocument => ({
  ...{ documentId, sourceId, included, title: documentId, url: null, fileName: null, contentType: 'text/plain' },
  ...{ sha256: 'a'.repeat(64), contentHash: 'a', words: 1, passages: 1 },
});
const groups = (sources: BundledSource[], documents: BundledDocument[]) =>
  originalsBySource({ sources, documents }).map(({ source, originals }) => [source?.sourceId ?? null, originals.map(({ documentId }) => documentId).join(' ')]);

describe('originalsBySource', () => {
  it('keeps sources apart, in the order of the list, and leaves out those of which nothing came', () => {
    const documents = [document('1', 'b'), document('2', 'a'), document('3', 'b'), document('4', 'c', false)];
    expect(groups([source('a'), source('b'), source('c')], documents)).toEqual([['a', '2'], ['b', '1 3']]);
  });

  it('puts what is of no listed source together, at the end', () => {
    expect(groups([source('a')], [document('1', 'x'), document('2', '__proto__'), document('3', 'a')])).toEqual([['a', '3'], [null, '1 2']]);
  });

  it('joins what would take too many runs', () => {
    const sources = Array.from({ length: 101 }, (_, index) => source(`s${index}`));
    const documents = sources.map(({ sourceId }) => document(`of-${sourceId}`, sourceId));
    expect(originalsBySource({ sources: sources.slice(1), documents: documents.slice(1) })).toHaveLength(100);
    const [only, ...more] = originalsBySource({ sources, documents });
    expect([only?.source, only?.originals.length, more]).toEqual([null, 101, []]);
  });

  it('takes a source that is listed twice once', () => {
    expect(groups([source('a'), source('a')], [document('1', 'a')])).toEqual([['a', '1']]);
  });
});
