import type { DocumentFormat } from '@dramatis/contracts/document-formats';
import { goodDocuments } from '@dramatis/testing/documents/good-documents';
import { createDocumentExtractor, type DocumentExtractor } from './document-extractor.js';

describe('DocumentExtractor', () => {
  let extractor: DocumentExtractor;
  beforeAll(() => {
    extractor = createDocumentExtractor();
  });
  afterAll(() => extractor.close());

  it.each(Object.keys(goodDocuments) as DocumentFormat[])('reads %s', async (format) => {
    const { fileName, make, contains } = goodDocuments[format];
    const file = await extractor.extract({ bytes: make(), fileName });
    expect(file).toMatchObject({ format, warnings: [] });
    for (const text of contains) expect(file.markdown).toContain(text);
  });
});
