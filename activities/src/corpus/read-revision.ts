import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { type ExtractedDocument, extractDocument } from '@dramatis/text/extract';
import type { CorpusDependencies } from './corpus-dependencies.js';

/** What a revision's raw object says, read as an ingestion reads it. */
export async function readRevision(
  _dependencies: CorpusDependencies,
  { contentType, title }: DocumentRevision,
  bytes: Uint8Array,
  _signal: AbortSignal,
): Promise<Pick<ExtractedDocument, 'text' | 'sections'>> {
  return Promise.resolve(extractDocument({ contentType, title, text: new TextDecoder().decode(bytes) }));
}
