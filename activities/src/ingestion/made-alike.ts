import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import { enrichmentPromptVersion } from '@dramatis/prompting/enrichment/enrichment-prompt';
import type { Describer } from '../enrichment/describer.js';
import { passagesVersion } from './cut-document.js';

/**
 * Whether the passages that are there were extracted and cut as they would be now. Not whether the same embedder was first to embed
 * them: a persona's passages are all in the index of the embedder that it uses, since another takes over only when it has embedded them all.
 */
export function isMadeAlike(
  { contentType, chunker }: Pick<DocumentRevision, 'contentType' | 'chunker'>,
  document: Pick<IngestionDocumentRecord, 'contentType'>,
): boolean {
  return contentType === document.contentType && chunker === passagesVersion;
}

/** Whether a language model is still to describe it: none was asked, none answered, or it was asked otherwise than it would be now. */
export function isToBeDescribed({ describedBy }: Pick<DocumentRevision, 'describedBy'>, describer: Describer | undefined): boolean {
  return describer !== undefined && describedBy !== enrichmentPromptVersion;
}
