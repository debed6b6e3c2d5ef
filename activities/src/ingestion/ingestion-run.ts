import type { Publishing } from '@dramatis/contracts/source';
import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { ApplicationFailure } from '@temporalio/common';

export interface IngestionRun {
  ingestionId: string;
  sourceId: string;
  personaId: string;
  /** The run whose failed documents it takes up again. */
  retryOf: string | null;
  publish: Publishing;
  /** The version that it is built upon. */
  publishedVersion: number;
  targetVersion: number;
}

/** A run that has begun. @throws ApplicationFailure not_begun */
export async function runOf(ingestions: IngestionRepository, ingestionId: string): Promise<IngestionRun> {
  const { sourceId, personaId, retryOf, publish, publishedVersion, targetVersion } = await ingestions.getRecord(ingestionId);
  if (publishedVersion === null || targetVersion === null) {
    throw ApplicationFailure.nonRetryable(`The ingestion ${ingestionId} has not begun.`, 'not_begun');
  }
  return { ingestionId, sourceId, personaId, retryOf, publish, publishedVersion, targetVersion };
}
