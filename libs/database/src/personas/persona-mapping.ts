import { personaProfile, type Persona, type PersonaProfile, type PersonaVersion } from '@dramatis/contracts/persona';
import type { PersonaRecord, PersonaVersionRecord } from './persona-model.js';

const profileKeys = Object.keys(personaProfile.shape) as (keyof PersonaProfile)[];

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
  return {
    ...profileOf(record.profile),
    personaId: record.personaId,
    version: record.version,
    status: record.status,
    publishedAt: record.publishedAt.toISOString(),
  };
}

/** The version record that belongs to the head as it is. */
export function versionRecordOf(head: PersonaRecord): PersonaVersionRecord {
  return {
    _id: versionKey(head._id, head.version),
    personaId: head._id,
    version: head.version,
    status: head.status,
    profile: profileOf(head),
    publishedAt: head.lastModifiedDate,
  };
}

export function versionKey(personaId: string, version: number): string {
  return `${personaId}@${version}`;
}
