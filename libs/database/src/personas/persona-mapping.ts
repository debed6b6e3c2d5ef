import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import { personaProfile, type Persona, type PersonaProfile, type PersonaVersion } from '@dramatis/contracts/persona';
import type { PersonaDraftRecord, PersonaRecord, PersonaVersionRecord } from './persona-model.js';

export const profileKeys = Object.keys(personaProfile.shape) as (keyof PersonaProfile)[];

/** Only what an author writes, without the fields that the system keeps. */
export function profileOf(from: PersonaProfile): PersonaProfile {
  return Object.fromEntries(
    profileKeys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as unknown as PersonaProfile;
}

export function toPersona(record: PersonaRecord): Persona {
  return {
    ...profileOf(record),
    personaId: record._id,
    status: record.status,
    version: record.version,
    corpus: { ...record.corpus, updatedAt: record.corpus.updatedAt?.toISOString() ?? null },
    creationDate: record.creationDate.toISOString(),
    lastModifiedDate: record.lastModifiedDate.toISOString(),
  };
}

export function toPersonaVersion(record: PersonaVersionRecord): PersonaVersion {
  const { personaId, version, status, publishedAt, savedAt = publishedAt, savedBy, restoredFrom = null } = record;
  return {
    ...profileOf(record.profile),
    ...{ personaId, version, status, restoredFrom },
    publishedAt: publishedAt?.toISOString() ?? null,
    savedAt: (savedAt ?? new Date(0)).toISOString(),
    savedBy: savedBy ? { ...savedBy, name: null } : null,
  };
}

export function toPersonaDraft(head: PersonaRecord, { profile, version, baseVersion, savedAt, savedBy }: PersonaDraftRecord): PersonaDraft {
  return {
    ...profileOf(profile),
    ...{ personaId: head._id, version, baseVersion, publishedVersion: head.version },
    savedAt: savedAt.toISOString(),
    savedBy: { ...savedBy, name: null },
  };
}

/** The persona as it would be if its draft were published: what a preview talks with. Without a draft, as it is. */
export function toPreviewedPersona(head: PersonaRecord): Persona {
  const { draft } = head;
  if (!draft) return toPersona(head);
  const { personaId, status, corpus, creationDate } = toPersona(head);
  return { ...profileOf(draft.profile), personaId, status, corpus, creationDate, version: draft.version, lastModifiedDate: draft.savedAt.toISOString() };
}

/** The version record that belongs to the head as it is. */
export function versionRecordOf(head: PersonaRecord): PersonaVersionRecord {
  const { savedBy, restoredFrom } = head;
  return {
    _id: versionKey(head._id, head.version),
    personaId: head._id,
    version: head.version,
    status: head.status,
    profile: profileOf(head),
    publishedAt: head.lastModifiedDate,
    savedAt: head.lastModifiedDate,
    ...(savedBy && { savedBy }),
    ...(restoredFrom !== undefined && { restoredFrom }),
  };
}

/** The version record that belongs to the draft of a head. */
export function draftVersionRecordOf({ _id: personaId }: PersonaRecord, { version, profile, savedAt, savedBy }: PersonaDraftRecord): PersonaVersionRecord {
  return { _id: versionKey(personaId, version), personaId, version, status: 'draft', profile: profileOf(profile), publishedAt: null, savedAt, savedBy };
}

export function versionKey(personaId: string, version: number): string {
  return `${personaId}@${version}`;
}
