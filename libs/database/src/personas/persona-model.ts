import type { CorpusSummary, PersonaAuthor, PersonaProfile, PersonaStatus } from '@dramatis/contracts/persona';
import { Schema, type Connection, type Model } from 'mongoose';

/** Who saved it; the name is looked up when it is told. */
export type PersonaAuthorRecord = Pick<PersonaAuthor, 'kind' | 'id'>;

/** Changes that are saved and not published. */
export interface PersonaDraftRecord {
  version: number;
  /** The published version that they were made to. */
  baseVersion: number;
  profile: PersonaProfile;
  savedAt: Date;
  savedBy: PersonaAuthorRecord;
}

/** The head of a persona: its published version, its draft, and which corpus it publishes. */
export interface PersonaRecord extends PersonaProfile {
  _id: string;
  status: PersonaStatus;
  version: number;
  savedBy?: PersonaAuthorRecord;
  restoredFrom?: number;
  draft?: PersonaDraftRecord;
  /** The highest number that a version or draft was given. Absent: `version`. */
  newestVersion?: number;
  /** Grows with every write, also of the corpus; decides which of two cached copies is newer. */
  revision: number;
  corpus: Omit<CorpusSummary, 'updatedAt'> & { updatedAt: Date | null };
  creationDate: Date;
  lastModifiedDate: Date;
}

/** One version. What it says is written once; its publication is noted when it comes. `_id` is `<personaId>@<version>`. */
export interface PersonaVersionRecord {
  _id: string;
  personaId: string;
  version: number;
  status: PersonaStatus;
  profile: PersonaProfile;
  /** Null while it is a draft. */
  publishedAt: Date | null;
  /** Absent in records from before there were drafts: as it was published, by nobody known. */
  savedAt?: Date;
  savedBy?: PersonaAuthorRecord;
  restoredFrom?: number;
}

// What a profile holds is checked by zod at the edges; the database keeps it as it is.
const options = { versionKey: false, strict: false, minimize: false } as const;

export function personaModel(connection: Connection): Model<PersonaRecord> {
  const schema = new Schema<PersonaRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'personas' });
  schema.index({ status: 1, name: 1 });
  schema.index({ knowledgeDomains: 1 });
  return (connection.models['Persona'] as Model<PersonaRecord>) ?? connection.model<PersonaRecord>('Persona', schema);
}

export function personaVersionModel(connection: Connection): Model<PersonaVersionRecord> {
  const schema = new Schema<PersonaVersionRecord>(
    { _id: { type: String, required: true } },
    { ...options, collection: 'persona_versions' },
  );
  schema.index({ personaId: 1, version: -1 });
  return (
    (connection.models['PersonaVersion'] as Model<PersonaVersionRecord>) ??
    connection.model<PersonaVersionRecord>('PersonaVersion', schema)
  );
}
