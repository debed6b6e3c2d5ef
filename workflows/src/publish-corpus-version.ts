import { setCurrentDetails } from '@temporalio/workflow';
import { corpusSteps } from './corpus/corpus-steps.js';
import { startSettling } from './corpus/start-settling.js';

export interface PublishCorpusVersionInput {
  personaId: string;
  version: number;
  /** The version that was published when the operator asked. */
  expectedVersion: number;
  note?: string;
}

/** Checks a version that was built before, and makes it the one that conversations use. */
export async function publishCorpusVersion(input: PublishCorpusVersionInput): Promise<{ corpusVersion: number }> {
  const { personaId, version } = input;
  setCurrentDetails('Checking that database and index agree, and that searches find what it has.');
  const checked = await corpusSteps.checkVersion({ personaId, version });
  setCurrentDetails(`Publishing ${checked.documents} documents, ${checked.passages} passages.`);
  const { corpusVersion } = await corpusSteps.moveCorpus({ ...input, checked });
  await startSettling({ personaId, version: corpusVersion });
  setCurrentDetails(`Corpus version ${corpusVersion} is published.`);
  return { corpusVersion };
}
