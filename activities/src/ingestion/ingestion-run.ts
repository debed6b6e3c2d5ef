import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { ApplicationFailure } from '@temporalio/common';

export interface IngestionRun {
  ingestionId: string;
  sourceId: string;
  personaId: string;
  publishedVersion: number;
  targetVersion: number;
}

/** A run that has begun. @throws ApplicationFailure not_begun */
export async function runOf(ingestions: IngestionRepository, ingestionId: string): Promise<IngestionRun> {
  const { sourceId, personaId, publishedVersion, targetVersion } = await ingestions.getRecord(ingestionId);
  if (publishedVersion === null || targetVersion === null) {
    throw ApplicationFailure.nonRetryable(`The ingestion ${ingestionId} has not begun.`, 'not_begun');
  }
  return { ingestionId, sourceId, personaId, publishedVersion, targetVersion };
}
