import { z } from 'zod';
import { personaId } from './ids.js';
import { personaAuthor, personaProfile } from './persona.js';

const versionNumber = z.number().int().min(1);

/** Changes to a persona that are saved and not published: a version of its own, which only curators see. */
export const personaDraft = personaProfile
  .extend({
    personaId,
    version: versionNumber.describe('Its number among the versions; every saving takes a new one.'),
    baseVersion: versionNumber.describe('The published version that the changes were made to.'),
    publishedVersion: versionNumber.describe('The one that readers see now. Another than `baseVersion`: somebody published in the meantime.'),
    savedAt: z.iso.datetime(),
    savedBy: personaAuthor,
  })
  .meta({ id: 'PersonaDraft' });
export type PersonaDraft = z.infer<typeof personaDraft>;

/** The whole profile as it is to be: what is absent is absent, or takes its default. */
export const savePersonaDraft = personaProfile
  .extend({
    ifVersion: versionNumber.nullable().describe('The version of the draft that was edited; null where there was none. Another one there: `persona_draft_changed`.'),
    baseVersion: versionNumber.describe('The published version that the changes were made to.'),
  })
  .meta({ id: 'SavePersonaDraft' });
export type SavePersonaDraft = z.infer<typeof savePersonaDraft>;

/** Guards against publishing or discarding what somebody else saved meanwhile. */
export const publishPersonaDraft = z.strictObject({ ifVersion: versionNumber.describe('The version of the draft that was looked at.') }).meta({ id: 'PublishPersonaDraft' });
export type PublishPersonaDraft = z.infer<typeof publishPersonaDraft>;

export const discardPersonaDraft = z.strictObject({ ifVersion: z.coerce.number().int().min(1).describe('The version of the draft that was looked at.') });
export type DiscardPersonaDraft = z.infer<typeof discardPersonaDraft>;

export const restorePersonaVersion = z
  .strictObject({ ifVersion: versionNumber.optional().describe('The published version that is to be replaced. Another one there: `persona_changed`.') })
  .meta({ id: 'RestorePersonaVersion' });
export type RestorePersonaVersion = z.infer<typeof restorePersonaVersion>;
