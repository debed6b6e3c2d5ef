import { DomainError } from '@dramatis/contracts/errors';
import type {
  CorpusSummary,
  CreatePersona,
  Persona,
  PersonaPage,
  PersonaQuery,
  PersonaStatus,
  PersonaVersion,
  UpdatePersona,
} from '@dramatis/contracts/persona';
import type { PersonaDraft, SavePersonaDraft } from '@dramatis/contracts/persona-draft';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { containing, exactly } from '../text-match.js';
import { PersonaCache } from './persona-cache.js';
import { draftDiscarded, draftPublished, draftSaved, type HeadChange, patched, personaChanged, restored } from './persona-changes.js';
import { draftVersionRecordOf, profileOf, toPersona, toPersonaDraft, toPreviewedPersona, versionRecordOf } from './persona-mapping.js';
import { personaModel, type PersonaAuthorRecord, type PersonaRecord, type PersonaVersionRecord } from './persona-model.js';
import { slugOf } from './persona-slug.js';
import { PersonaVersions } from './persona-versions.js';

/** How often an update is tried again when another one came between. */
const updateTries = 3;

const bySystem: PersonaAuthorRecord = { kind: 'system', id: null };

/** Personas in MongoDB behind a cache in Redis. Each change makes a new version, published at once or as a draft; versions never change. */
export class PersonaRepository {
  private readonly personas: Model<PersonaRecord>;
  private readonly versionsKept: PersonaVersions;

  constructor(
    connection: Connection,
    private readonly cache: PersonaCache = new PersonaCache(null),
  ) {
    this.personas = personaModel(connection);
    this.versionsKept = new PersonaVersions(connection, cache);
  }

  /** @throws DomainError persona_exists */
  async create(input: CreatePersona, by: PersonaAuthorRecord = bySystem): Promise<Persona> {
    const now = new Date();
    const personaId = input.personaId ?? requiredSlugOf(input.name);
    const record: PersonaRecord = {
      ...profileOf(input),
      _id: personaId,
      status: input.status,
      version: 1,
      savedBy: by,
      revision: 1,
      corpus: { corpusVersion: 0, documents: 0, passages: 0, updatedAt: null },
      creationDate: now,
      lastModifiedDate: now,
    };
    try {
      await insert(this.personas, record);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('persona_exists', { personaId }, { cause: error });
    }
    await this.forgetFormer(personaId, now);
    await this.versionsKept.keepPublished(record);
    return this.remember(record);
  }

  /** The newest version. @throws DomainError persona_not_found */
  async get(personaId: string): Promise<Persona> {
    const cached = await this.cache.head(personaId);
    if (cached) return cached;
    return this.remember(await this.record(personaId));
  }

  /** The version as it was published, or saved as a draft. @throws DomainError persona_not_found */
  async getVersion(personaId: string, version: number): Promise<PersonaVersion> {
    return this.versionsKept.get(personaId, version, () => this.versionOfHead(personaId, version));
  }

  /** Versions and drafts, the newest five hundred, newest first. @throws DomainError persona_not_found */
  async versions(personaId: string): Promise<PersonaVersion[]> {
    await this.versionsKept.keepAll(await this.record(personaId));
    return this.versionsKept.list(personaId);
  }

  /** A page ordered by name. `search` looks in name, tagline, description, role, domains and traits. */
  async list(query: PersonaQuery & { statuses: PersonaStatus[] }): Promise<PersonaPage> {
    const filter: Record<string, unknown> = { status: { $in: query.statuses } };
    if (query.domain) filter['knowledgeDomains'] = exactly(query.domain);
    if (query.mode) filter['defaultInteractionModes'] = query.mode;
    if (query.format) filter['supportedResponseFormats'] = query.format;
    if (query.search) {
      const words = query.search.split(/\s+/).filter(Boolean).slice(0, 8);
      const fields = ['name', 'tagline', 'description', 'role', 'knowledgeDomains', 'coreTraits'];
      filter['$and'] = words.map((word) => ({ $or: fields.map((field) => ({ [field]: containing(word) })) }));
    }
    const [records, total] = await Promise.all([
      this.personas.find(filter, { draft: 0 }).sort({ name: 1, _id: 1 }).skip(query.offset).limit(query.limit).lean<PersonaRecord[]>(),
      this.personas.countDocuments(filter),
    ]);
    return { items: records.map(toPersona), total, limit: query.limit, offset: query.offset };
  }

  /** Makes the next version, which is published at once. @throws DomainError persona_not_found, persona_changed */
  async update(personaId: string, patch: UpdatePersona, by: PersonaAuthorRecord = bySystem): Promise<Persona> {
    return this.publish(personaId, (head) => patched(head, patch, by));
  }

  /** Publishes an earlier version's content as the next version. @throws DomainError persona_not_found, persona_changed */
  async restore(personaId: string, version: number, { ifVersion }: { ifVersion?: number | undefined } = {}, by: PersonaAuthorRecord = bySystem): Promise<Persona> {
    const profile = profileOf(await this.getVersion(personaId, version));
    return this.publish(personaId, (head) => restored(head, { profile, version, ifVersion }, by));
  }

  /** Null where there is none. @throws DomainError persona_not_found */
  async draft(personaId: string): Promise<PersonaDraft | null> {
    const head = await this.record(personaId);
    return head.draft ? toPersonaDraft(head, head.draft) : null;
  }

  /** The persona as its draft has it; without a draft, as it is published. @throws DomainError persona_not_found */
  async previewed(personaId: string): Promise<Persona> {
    return toPreviewedPersona(await this.record(personaId));
  }

  /** @throws DomainError persona_not_found, persona_draft_changed, invalid_request */
  async saveDraft(personaId: string, input: SavePersonaDraft, by: PersonaAuthorRecord = bySystem): Promise<PersonaDraft> {
    const head = await this.change(personaId, (former) => draftSaved(former, input, by));
    const draft = head.draft!;
    await this.versionsKept.keepDraft(head);
    await this.versionsKept.forgetOldDrafts(personaId, draft.version);
    return toPersonaDraft(head, draft);
  }

  /** Shows the draft to readers, in one step. @throws DomainError persona_not_found, persona_draft_not_found, persona_draft_changed, persona_changed */
  async publishDraft(personaId: string, ifVersion: number): Promise<Persona> {
    return this.publish(personaId, (head) => draftPublished(head, ifVersion));
  }

  /** @throws DomainError persona_not_found, persona_draft_not_found, persona_draft_changed */
  async discardDraft(personaId: string, ifVersion: number): Promise<void> {
    await this.change(personaId, (head) => draftDiscarded(head, ifVersion));
  }

  /**
   * Moves the persona to another corpus version, if it still publishes the expected one.
   * Returns whether it did. Makes no new version of the persona.
   */
  async publishCorpus(
    personaId: string,
    change: { expectedCorpusVersion: number; corpus: Omit<CorpusSummary, 'updatedAt'> },
  ): Promise<boolean> {
    // The embedder stays what it is unless the change names one.
    const corpus = Object.entries({ ...change.corpus, updatedAt: new Date() }).filter(([, value]) => value !== undefined);
    const changes = Object.fromEntries(corpus.map(([key, value]) => [`corpus.${key}`, value]));
    const updated = await this.personas
      .findOneAndUpdate(
        { _id: personaId, 'corpus.corpusVersion': change.expectedCorpusVersion },
        { $set: changes, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      )
      .lean<PersonaRecord>();
    if (updated) await this.remember(updated);
    return updated !== null;
  }

  /** What the persona publishes, read from the database itself and never from the cache. @throws DomainError persona_not_found */
  async corpusOf(personaId: string): Promise<CorpusSummary> {
    return toPersona(await this.record(personaId)).corpus;
  }

  /**
   * Has another embedder's vectors searched from now on, if the persona still publishes the expected corpus version.
   * Returns whether it does so now; repeating it changes nothing.
   */
  async switchEmbedder(personaId: string, change: { expectedCorpusVersion: number; embedder: string }): Promise<boolean> {
    const updated = await this.personas
      .findOneAndUpdate(
        { _id: personaId, 'corpus.corpusVersion': change.expectedCorpusVersion },
        { $set: { 'corpus.embedder': change.embedder }, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      )
      .lean<PersonaRecord>();
    if (updated) await this.remember(updated);
    return updated !== null;
  }

  /** @throws DomainError persona_not_found */
  async delete(personaId: string): Promise<void> {
    // As long as the persona is there, a deletion that was interrupted can be repeated.
    await this.versionsKept.remove(personaId);
    const { deletedCount } = await this.personas.deleteOne({ _id: personaId });
    await this.cache.removeHead(personaId);
    // What a change put on record that was on its way.
    await this.versionsKept.remove(personaId);
    if (deletedCount === 0) throw notFound(personaId);
  }

  /** Versions that are left of a persona that had the same id: turns of the new one must not be answered by them. */
  private async forgetFormer(personaId: string, createdAt: Date): Promise<void> {
    const removed = await this.versionsKept.remove(personaId, createdAt);
    if (removed > 0) await this.cache.removeHead(personaId);
  }

  private async record(personaId: string): Promise<PersonaRecord> {
    const record = await this.personas.findById(personaId).lean<PersonaRecord>();
    if (!record) throw notFound(personaId);
    return record;
  }

  private async versionOfHead(personaId: string, version: number): Promise<PersonaVersionRecord> {
    const head = await this.record(personaId);
    if (head.version === version) return versionRecordOf(head);
    if (head.draft?.version === version) return draftVersionRecordOf(head, head.draft);
    throw notFound(personaId, version);
  }

  /** Changes what is published: readers see the one or the other, and nothing between. */
  private async publish(personaId: string, decide: (head: PersonaRecord) => HeadChange): Promise<Persona> {
    const head = await this.change(personaId, decide);
    await this.versionsKept.keepPublished(head);
    return this.remember(head);
  }

  /** Writes what is decided over the head that it was decided on; when another write came between, it is decided anew. */
  private async change(personaId: string, decide: (head: PersonaRecord) => HeadChange): Promise<PersonaRecord> {
    for (let tried = 0; tried < updateTries; tried += 1) {
      const head = await this.record(personaId);
      const { $set, $unset = {} } = decide(head);
      // Before the head moves on, its versions must be on record: a crash may have come between.
      await this.versionsKept.keepAll(head);
      const update = { $set: { ...$set, revision: head.revision + 1 }, ...(Object.keys($unset).length > 0 && { $unset }) };
      const changed = await this.personas
        .findOneAndUpdate({ _id: personaId, revision: head.revision }, update, { returnDocument: 'after' })
        .lean<PersonaRecord>();
      if (changed) return changed;
    }
    throw personaChanged();
  }

  private async remember(record: PersonaRecord): Promise<Persona> {
    const persona = toPersona(record);
    await this.cache.setHead(persona, record.revision);
    return persona;
  }
}

function notFound(personaId: string, version?: number): DomainError {
  if (version === undefined) return new DomainError('persona_not_found', { personaId });
  return new DomainError('persona_not_found.version', { personaId, version });
}

function requiredSlugOf(name: string): string {
  const slug = slugOf(name);
  if (slug !== '') return slug;
  throw new DomainError('invalid_request.no_persona_id');
}
