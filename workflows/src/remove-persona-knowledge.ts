import { ingestionSteps } from './ingestion/ingestion-steps.js';

/** Removes all that a deleted persona knew, when the last of its ingestions has ended. */
export async function removePersonaKnowledge({ personaId }: { personaId: string }): Promise<{ passages: number }> {
  return ingestionSteps.removeKnowledge({ personaId });
}
