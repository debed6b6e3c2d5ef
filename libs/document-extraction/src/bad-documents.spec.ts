import { extractionFailureOutcomes } from '@dramatis/contracts/extraction-failure-codes';
import { badDocuments, oddDocuments } from '@dramatis/testing/documents/bad-documents';
import { createDocumentExtractor, type DocumentExtractor } from './document-extractor.js';

describe('Files that are not as they should be', () => {
  let extractor: DocumentExtractor;
  beforeAll(() => {
    extractor = createDocumentExtractor();
  });
  afterAll(() => extractor.close());

  it.each(Object.keys(badDocuments))('gives a reason for: %s', async (name) => {
    const { make, fileName, contentType, code } = badDocuments[name]!;
    const error: unknown = await extractor.extract({ bytes: make(), fileName, contentType }).then(
      (file) => file,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'ExtractionError', code, outcome: extractionFailureOutcomes[code] });
    // For curators: a sentence or two, and no words of programmers.
    expect((error as Error).message).toMatch(/^[A-Z].{20,300}\.$/);
  });

  it.each(Object.keys(oddDocuments))('takes the text from: %s', async (name) => {
    const { make, fileName, contentType, contains, warnings } = oddDocuments[name]!;
    const file = await extractor.extract({ bytes: make(), fileName, contentType });
    expect(file.markdown).toContain(contains);
    expect(file.warnings.map(({ code }) => code)).toEqual(warnings);
  });
});
