import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';

const personaIdKey = defineSearchAttributeKey('DramatisPersonaId', 'KEYWORD');
const sourceIdKey = defineSearchAttributeKey('DramatisSourceId', 'KEYWORD');

/** By what operators find ingestions in the Temporal UI. */
export function ingestionSearchAttributes({ personaId, sourceId }: { personaId: string; sourceId: string }): SearchAttributePair[] {
  return [
    { key: personaIdKey, value: personaId },
    { key: sourceIdKey, value: sourceId },
  ];
}
