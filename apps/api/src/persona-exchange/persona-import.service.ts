import { createHash, randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import { ingestionWorkflowId } from '@dramatis/contracts/ids';
import type { StartedIngestion } from '@dramatis/contracts/ingestion';
import type { Persona } from '@dramatis/contracts/persona';
import { type ImportedPersona, maxPreviewedDocuments, type PersonaImportPreview, type PersonaImportQuery } from '@dramatis/contracts/persona-import';
import type { SourceKind } from '@dramatis/contracts/source';
import { isDuplicateKey } from '@dramatis/database/connection';
import { type SourceItem, SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { type PersonaImportRecord, PersonaImportRepository } from '@dramatis/database/personas/persona-import-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import type { Access } from '../access/access.js';
import { OBJECT_STORE } from '../infrastructure/tokens.js';
import { IngestionsService } from '../knowledge/ingestions.service.js';
import { PersonasService } from '../personas/personas.service.js';
import { ImportAbilities } from './import-abilities.js';
import { ImportIds } from './import-ids.js';
import { ImportPortraits } from './import-portraits.js';
import { type ImportPlan, keptCardOf, planImport } from './import-plan.js';
import { type PlannedSource, plannedSourceId, plannedSources } from './planned-sources.js';

/**
 * Makes draft personas of cards and bundles. Each step is safe to repeat, so that a request that was interrupted anywhere is finished by
 * sending it again with its id.
 */
@Injectable()
export class PersonaImportService {
  constructor(
    private readonly imports: PersonaImportRepository,
    private readonly abilities: ImportAbilities,
    private readonly ids: ImportIds,
    private readonly portraits: ImportPortraits,
    private readonly personas: PersonasService,
    private readonly records: PersonaRepository,
    private readonly sources: SourceRepository,
    private readonly ingestions: IngestionsService,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** What the file would become. Makes nothing. @throws DomainError import_not_recognised, import_damaged, import_refused, import_too_large */
  async preview(bytes: Uint8Array): Promise<PersonaImportPreview> {
    const plan = await this.abilities.fitted(planImport(bytes));
    const { format, container, profile, card, kept, texts, bundle } = plan;
    const portrait = await this.portraits.preview(plan.portrait);
    const { personaId, notes: idNotes } = await this.ids.propose(plan);
    const author = card === null ? null : { name: card.fields.creator, version: card.fields.character_version, notes: card.fields.creator_notes };
    return {
      format,
      container,
      personaId,
      profile,
      portrait: portrait.dataUrl,
      author: author === null || Object.values(author).every((text) => text === '') ? null : cut(author),
      kept,
      knowledge: texts.length === 0 ? null : knowledgeOf(texts),
      corpus: bundle === null ? null : corpusOf(plan),
      notes: [...plan.notes, ...portrait.notes, ...idNotes],
    };
  }

  /**
   * Makes the draft, its sources and the runs that bring in their documents: the first begins at once, the others follow it.
   * @throws DomainError import_not_recognised, import_damaged, import_refused, import_too_large, request_id_reused, workflow_service_unavailable
   */
  async run(bytes: Uint8Array, { requestId = randomUUID(), knowledge = true }: PersonaImportQuery, access: Access): Promise<ImportedPersona> {
    const plan = await this.abilities.fitted(planImport(bytes));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const former = await this.ids.former(requestId, sha256);
    if (former !== null && former.finishedAt !== null) return this.resultOf(former);
    const planned = plannedSources(plan, { knowledge });
    // First what may be refused, such as originals that are not what the bundle says: then nothing is made.
    const items = await Promise.all(planned.map((source) => this.store(plan, source)));
    const portrait = await this.portraits.keep(plan.portrait);
    const { record, isNew, notes: idNotes } = await this.ids.reserve(plan, { requestId, sha256, card: keptCardOf(plan) });
    await this.makePersona(plan, record, { isNew, imageUrl: portrait.imageUrl }, access);
    const sources = [];
    for (const [index, source] of planned.entries()) sources.push(await this.makeSource(record, index, source, items[index]!));
    const [first, ...others] = sources.filter(({ documents }) => documents > 0).map(({ sourceId }) => sourceId);
    const ingestion = first === undefined ? null : await this.start(record.personaId, first);
    await this.ingestions.startInTurn(others, { personaId: record.personaId, name: requestId });
    const made = { sources, ingestionId: ingestion?.ingestionId ?? null, notes: [...plan.notes, ...portrait.notes, ...idNotes] };
    await this.imports.finish(requestId, made);
    return this.resultOf({ ...record, ...made });
  }

  private async resultOf({ personaId, sources, ingestionId, notes }: PersonaImportRecord): Promise<ImportedPersona> {
    const ingestion = ingestionId === null ? null : { ingestionId, personaId, workflowId: ingestionWorkflowId(ingestionId) };
    return { personaId, persona: await this.records.get(personaId), sources: sources.map((source) => ({ ...source, kind: source.kind as SourceKind })), ingestion, notes };
  }

  /** The documents of a source, in the object store. What is there already stays as it is. */
  private async store({ bundle }: ImportPlan, { texts, originals }: PlannedSource): Promise<SourceItem[]> {
    const items: SourceItem[] = [];
    for (const { title, contentType, text } of texts) {
      const { key, sha256, bytes } = await this.objects.put(Buffer.from(text, 'utf8'));
      items.push({ title, contentType, objectKey: key, sha256, bytes });
    }
    for (const { title, contentType, fileName, sha256 } of originals) {
      const { key, bytes } = await this.objects.put(bundle!.original(sha256));
      items.push({ title: title.slice(0, 300).toWellFormed(), contentType, objectKey: key, sha256, bytes, ...(fileName !== null && { fileName }) });
    }
    return items;
  }

  private async makePersona({ profile }: ImportPlan, { personaId, startedAt, _id }: PersonaImportRecord, { isNew, imageUrl }: { isNew: boolean; imageUrl: string | null }, access: Access): Promise<void> {
    try {
      await this.personas.create({ ...profile, ...(imageUrl !== null && { imageUrl }), personaId, status: 'draft' }, access);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'persona_exists') throw error;
      if (!isNew || isMadeSince(await this.records.get(personaId), profile.name, startedAt)) return;
      // Somebody made one of this id in the meantime; the next try takes another.
      await this.imports.release(_id);
      throw error;
    }
  }

  private async makeSource({ _id, personaId }: PersonaImportRecord, index: number, planned: PlannedSource, documents: SourceItem[]): Promise<ImportedPersona['sources'][number]> {
    const { name, kind, settings, publish } = planned;
    const sourceId = plannedSourceId(_id, index);
    try {
      await this.sources.create({ sourceId, personaId, name, kind, settings, publish, documents });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return { sourceId, name, kind, documents: documents.length };
  }

  private async start(personaId: string, sourceId: string): Promise<Pick<StartedIngestion, 'ingestionId'>> {
    const { lastIngestionId } = await this.sources.getHead(sourceId);
    if (lastIngestionId !== null) return { ingestionId: lastIngestionId };
    try {
      return await this.ingestions.start(sourceId);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'ingestion_in_progress') throw error;
      // The same request, sent twice at a time, was first.
      const { items } = await this.ingestions.list({ personaId, status: 'running', limit: 1, offset: 0 });
      if (items[0] === undefined) throw error;
      return items[0];
    }
  }
}

/** Made by the same request, sent twice at a time. */
function isMadeSince(persona: Persona, name: string, startedAt: Date): boolean {
  return persona.version === 1 && persona.name === name && Date.parse(persona.creationDate) >= startedAt.getTime();
}

const maxNoteCharacters = 4_000;

function cut(author: { name: string; version: string; notes: string }): { name: string; version: string; notes: string } {
  const { name, version, notes } = author;
  return { name: name.slice(0, 200).toWellFormed(), version: version.slice(0, 100).toWellFormed(), notes: notes.slice(0, maxNoteCharacters).toWellFormed() };
}

function knowledgeOf(texts: ImportPlan['texts']): PersonaImportPreview['knowledge'] {
  return {
    documents: texts.slice(0, maxPreviewedDocuments).map(({ title, text }) => ({ title, characters: text.length })),
    total: texts.length,
    characters: texts.reduce((sum, { text }) => sum + text.length, 0),
  };
}

function corpusOf({ bundle }: ImportPlan): PersonaImportPreview['corpus'] {
  const { corpus, sources, documents } = bundle!.manifest;
  return {
    corpusVersion: corpus.corpusVersion,
    embedder: corpus.embedder,
    documents: documents.length,
    brought: documents.filter(({ included }) => included).length,
    sources: sources.map(({ sourceId, name, kind }) => ({ name, kind, documents: documents.filter((document) => document.sourceId === sourceId).length })),
  };
}

