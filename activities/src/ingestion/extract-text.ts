import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import type { DocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import { type ExtractedDocument, extractDocument } from '@dramatis/text/extract';

export interface ReadDocument extends Pick<ExtractedDocument, 'text' | 'sections'> {
  title: string;
  format: string;
  attributes: Record<string, unknown>;
  warnings: string[];
}

/**
 * The clean text of a document. A pasted text is what it is; a file's format is found out from its bytes, and it is read in
 * a thread with limits. @throws ExtractionError
 */
export async function extractText(
  extractor: DocumentExtractor,
  document: Pick<IngestionDocumentRecord, 'title' | 'url' | 'fileName' | 'contentType'>,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<ReadDocument> {
  const { url, fileName, contentType } = document;
  if (url === null && fileName === null && (contentType === 'text/plain' || contentType === 'text/markdown')) {
    const { title } = document;
    return { title, format: contentType, warnings: [], ...extractDocument({ contentType, title, text: new TextDecoder().decode(bytes) }) };
  }
  const file = { bytes, fileName: fileName ?? undefined, contentType: contentType ?? undefined, url: url ?? undefined };
  const { title, markdown, format, attributes, warnings, contentType: type } = await extractor.extract(file, { signal });
  const extracted = extractDocument({ contentType: type, title, text: markdown });
  return {
    title: title.slice(0, 300),
    format,
    warnings: warnings.map(({ message }) => message),
    text: extracted.text,
    sections: extracted.sections,
    attributes: { ...extracted.attributes, ...attributes },
  };
}
