import type { Persona } from '@dramatis/contracts/persona';
import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import type { ApiClient } from '../../core/api-client';

/** Whom a preview talks with: the persona as its draft has it, with the draft's version; without a draft, as it is published. */
export async function previewedPersona(api: Pick<ApiClient, 'persona' | 'personaDraft'>, personaId: string): Promise<{ persona: Persona; isDraft: boolean }> {
  const [persona, draft] = await Promise.all([api.persona(personaId), api.personaDraft(personaId)]);
  return draft ? { persona: inPlaceOf(persona, draft), isDraft: true } : { persona, isDraft: persona.status === 'draft' };
}

function inPlaceOf({ status, corpus, creationDate }: Persona, draft: PersonaDraft): Persona {
  const { baseVersion: _, publishedVersion: __, savedAt, savedBy: ___, ...profile } = draft;
  return { ...profile, status, corpus, creationDate, lastModifiedDate: savedAt };
}
