import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import { enrichmentPromptVersion } from '@dramatis/prompting/enrichment/enrichment-prompt';
import { passagesVersion } from './cut-document.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';

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

/** Whether language models describe what a persona reads: the installation asks for it, and the persona's route has one. */
export async function isDescribed({ describer, personas }: Pick<IngestionDependencies, 'describer' | 'personas'>, personaId: string): Promise<boolean> {
  return describer !== undefined && describer.canDescribe(await personas.get(personaId));
}

/** Whether a language model that describes such revisions is still to be asked: it was not yet, did not answer, or was asked otherwise. */
export function isUndescribed({ describedBy }: Pick<DocumentRevision, 'describedBy'>): boolean {
  return describedBy !== enrichmentPromptVersion;
}
