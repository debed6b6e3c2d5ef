import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';

const personaIdKey = defineSearchAttributeKey('DramatisPersonaId', 'KEYWORD');
const sourceIdKey = defineSearchAttributeKey('DramatisSourceId', 'KEYWORD');

/** By what operators find ingestions in the Temporal UI. Without a source: those of several. */
export function ingestionSearchAttributes({ personaId, sourceId }: { personaId: string; sourceId?: string }): SearchAttributePair[] {
  return [{ key: personaIdKey, value: personaId }, ...(sourceId === undefined ? [] : [{ key: sourceIdKey, value: sourceId }])];
}
