import type { ImportNote } from '@dramatis/contracts/persona-import';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';

/** An import of a persona: what makes repeating it safe, and what it brought that a persona has no place for. */
export interface PersonaImportRecord {
  /** The request's id. */
  _id: string;
  /** Reserved before the persona is made; a persona comes from one import at most. */
  personaId: string;
  /** Of the file, hexadecimal: a repeated request must be about the same. */
  sha256: string;
  /** The card as JSON, whose keys are anything; null for a bundle without one. */
  card: string | null;
  sources: { sourceId: string; name: string; kind: string; documents: number }[];
  ingestionId: string | null;
  notes: ImportNote[];
  startedAt: Date;
  /** Null until all of it is made. */
  finishedAt: Date | null;
}

export function personaImportModel(connection: Connection): Model<PersonaImportRecord> {
  const schema = new Schema<PersonaImportRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'persona_imports' },
  );
  schema.index({ personaId: 1 }, { unique: true });
  return (connection.models['PersonaImport'] as Model<PersonaImportRecord>) ?? connection.model<PersonaImportRecord>('PersonaImport', schema);
}

/** Imports of personas in MongoDB. */
export class PersonaImportRepository {
  private readonly imports: Model<PersonaImportRecord>;

  constructor(connection: Connection) {
    this.imports = personaImportModel(connection);
  }

  async find(requestId: string): Promise<PersonaImportRecord | null> {
    return this.imports.findById(requestId).lean<PersonaImportRecord>();
  }

  /** Whether it is reserved now: false when the request or the persona's id already is. */
  async reserve(record: PersonaImportRecord): Promise<boolean> {
    try {
      await insert(this.imports, record);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async finish(requestId: string, made: Pick<PersonaImportRecord, 'sources' | 'ingestionId' | 'notes'>): Promise<void> {
    await this.imports.updateOne({ _id: requestId }, { $set: { ...made, finishedAt: new Date() } });
  }

  /** Gives the reserved id back. */
  async release(requestId: string): Promise<void> {
    await this.imports.deleteOne({ _id: requestId });
  }

  /** The JSON of the card that the persona came from. */
  async cardOf(personaId: string): Promise<string | null> {
    const record = await this.imports.findOne({ personaId }, { card: 1 }).lean<Pick<PersonaImportRecord, 'card'>>();
    return record?.card ?? null;
  }

  async deleteOfPersona(personaId: string): Promise<void> {
    await this.imports.deleteMany({ personaId });
  }
}
