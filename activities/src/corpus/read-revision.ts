import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { extractText, type ReadDocument } from '../ingestion/extract-text.js';
import type { CorpusDependencies } from './corpus-dependencies.js';

/** What a revision's raw object says, read as an ingestion reads it. @throws ExtractionError */
export function readRevision(
  { extractor }: Pick<CorpusDependencies, 'extractor'>,
  { listedTitle, title, url, fileName, contentType }: DocumentRevision,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<ReadDocument> {
  // Revisions of before files and the web were pasted texts.
  return extractText(extractor, { title: listedTitle ?? title, url: url ?? null, fileName: fileName ?? null, contentType }, bytes, signal);
}
