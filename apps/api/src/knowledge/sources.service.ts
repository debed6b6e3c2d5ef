import { randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';
import type { StartedIngestion } from '@dramatis/contracts/ingestion';
import {
  type CrawlSettings,
  type CreateSource,
  createSource,
  defaultCrawl,
  isWebSource,
  maxSourceUploads,
  type Source,
  type SourceDocument,
  type SourcePage,
  type SourceQuery,
  type UpdateSource,
} from '@dramatis/contracts/source';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { documentIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import { type SourceChanges, type SourceHead, type SourceItem, SourceRepository, toSource } from '@dramatis/database/knowledge/source-repository';
import { UploadRepository } from '@dramatis/database/knowledge/upload-repository';
import { WebPageRepository } from '@dramatis/database/knowledge/web-page-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { OBJECT_STORE } from '../infrastructure/tokens.js';
import { IngestionsService } from './ingestions.service.js';
import { SourceSchedules } from './source-schedules.js';

/** How many documents are written to the object store side by side. */
const concurrency = 8;

/** Where a persona's knowledge comes from. Texts and files are in the object store as they came; an ingestion reads them there. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly sources: SourceRepository,
    private readonly uploads: UploadRepository,
    private readonly personas: PersonaRepository,
    private readonly ingestions: IngestionRepository,
    private readonly documents: DocumentRepository,
    private readonly webPages: WebPageRepository,
    private readonly runs: IngestionsService,
    private readonly schedules: SourceSchedules,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** @throws DomainError persona_not_found, upload_not_found, workflow_service_unavailable */
  async create(input: CreateSource): Promise<Source> {
    const { personaId, name, publish } = input;
    await this.personas.get(personaId);
    const sourceId = randomUUID();
    const common = { sourceId, personaId, name, publish };
    if ('documents' in input) return this.sources.create({ ...common, kind: 'text', documents: await this.storeAll(input.documents) });
    if ('uploadIds' in input) return this.sources.create({ ...common, kind: 'upload', documents: await this.itemsOf(input.uploadIds) });
    const { kind, schedule } = input;
    const settings: CrawlSettings = { ...defaultCrawl, ...input.settings };
    // First what may be out of reach: a schedule without a source starts nothing.
    await this.schedules.set({ sourceId, personaId, name }, schedule);
    return this.sources.create({ ...common, kind, settings, schedule });
  }

  async list({ personaId, limit, offset }: SourceQuery): Promise<SourcePage> {
    const { items, total } = await this.sources.list({ limit, offset, ...(personaId === undefined ? {} : { personaId }) });
    const runs = await this.ingestions.summaries(items.flatMap(({ lastIngestionId }) => lastIngestionId ?? []));
    return { items: items.map((source) => ({ ...source, lastIngestion: runs.get(source.lastIngestionId ?? '') ?? null })), total, limit, offset };
  }

  /** With its last run, and when it comes next. @throws DomainError source_not_found */
  async get(sourceId: string): Promise<Source> {
    const head = await this.sources.getHead(sourceId);
    const runs = await this.ingestions.summaries(head.lastIngestionId === null ? [] : [head.lastIngestionId]);
    const nextRunAt = head.schedule === null ? null : await this.schedules.nextRunAt(sourceId).catch(() => null);
    return toSource(head, { lastIngestion: runs.get(head.lastIngestionId ?? '') ?? null, nextRunAt });
  }

  /** @throws DomainError source_not_found, source_removed, invalid_request, upload_not_found, workflow_service_unavailable */
  async update(sourceId: string, patch: UpdateSource): Promise<Source> {
    const head = await this.getPresent(sourceId);
    assertFits(head, patch);
    const { name, publish, schedule, settings } = patch;
    const changes: SourceChanges = {
      ...(name === undefined ? {} : { name }),
      ...(publish === undefined ? {} : { publish }),
      ...(settings === undefined ? {} : { settings: { ...head.settings!, ...definedOf(settings) } }),
      ...(await this.changedDocuments(sourceId, patch)),
    };
    if (schedule !== undefined) {
      await this.schedules.set({ sourceId, personaId: head.personaId, name: name ?? head.name }, schedule);
      changes.schedule = schedule;
    }
    await this.sources.update(sourceId, changes);
    return this.get(sourceId);
  }

  /**
   * Deletes the source. What the corpus has of it goes with the version that the started run publishes; null when it has nothing.
   * @throws DomainError source_not_found, ingestion_in_progress, workflow_service_unavailable
   */
  async delete(sourceId: string): Promise<StartedIngestion | null> {
    const { schedule } = await this.sources.getHead(sourceId);
    if (schedule !== null) await this.schedules.set({ sourceId }, null);
    if (!(await this.documents.hasOpenOfSource(sourceId))) {
      await this.webPages.deleteOfSource(sourceId);
      await this.sources.delete(sourceId);
      return null;
    }
    await this.runs.assertFree((await this.sources.getHead(sourceId)).personaId);
    await this.sources.update(sourceId, { removed: true, schedule: null });
    return this.runs.start(sourceId, { publish: 'automatic' });
  }

  private async getPresent(sourceId: string): Promise<SourceHead> {
    const head = await this.sources.getHead(sourceId);
    if (head.removed) throw new DomainError('source_removed');
    return head;
  }

  /** The items as the patch leaves them: one of the same name takes the place of the former. */
  private async changedDocuments(sourceId: string, patch: UpdateSource): Promise<Pick<SourceChanges, 'documents'>> {
    const { addDocuments, addUploadIds, removeDocumentIds } = patch;
    if (!addDocuments && !addUploadIds && !removeDocumentIds) return {};
    const added = [...(addDocuments ? await this.storeAll(addDocuments) : []), ...(addUploadIds ? await this.itemsOf(addUploadIds) : [])];
    const removed = new Set(removeDocumentIds);
    const { documents } = await this.sources.getRecord(sourceId);
    const byName = new Map(added.map((item) => [nameOf(item), item]));
    const seen = new Map<string, number>();
    const kept = documents.flatMap((item) => {
      const name = nameOf(item);
      const occurrence = seen.get(name) ?? 0;
      seen.set(name, occurrence + 1);
      if (removed.has(documentIdOf(sourceId, name, occurrence))) return [];
      const replacement = byName.get(name);
      byName.delete(name);
      return [replacement ?? item];
    });
    const all = [...kept, ...byName.values()];
    if (all.length > maxSourceUploads) throw invalid('addUploadIds', fieldSentence('too_many_documents', { most: maxSourceUploads }));
    return { documents: all };
  }

  private async itemsOf(uploadIds: readonly string[]): Promise<SourceItem[]> {
    const uploads = await this.uploads.getMany([...new Set(uploadIds)]);
    return uploads.map(({ fileName, contentType, objectKey, sha256, bytes }) => {
      return { title: fileName.replace(/\.[^.]+$/, ''), contentType, objectKey, sha256, bytes, fileName };
    });
  }

  private async storeAll(documents: readonly SourceDocument[]): Promise<SourceItem[]> {
    const items: SourceItem[] = [];
    for (let start = 0; start < documents.length; start += concurrency) {
      const batch = documents.slice(start, start + concurrency);
      items.push(...(await Promise.all(batch.map((document) => this.store(document)))));
    }
    return items;
  }

  private async store({ title, contentType, text }: SourceDocument): Promise<SourceItem> {
    try {
      const { key, sha256, bytes } = await this.objects.put(Buffer.from(text, 'utf8'));
      return { title, contentType, objectKey: key, sha256, bytes };
    } catch (cause) {
      throw new DomainError('internal.not_stored', {}, { cause });
    }
  }
}

function nameOf({ fileName, title }: SourceItem): string {
  return fileName ?? title;
}

/** Without what is there and undefined, which optional fields may be. */
function definedOf<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** @throws DomainError invalid_request when the patch has what a source of this kind has not */
function assertFits(head: SourceHead, patch: UpdateSource): void {
  const isWeb = isWebSource(head.kind);
  if (!isWeb && patch.schedule) throw invalid('schedule', fieldSentence('schedule_of_web'));
  if (!isWeb && patch.settings) throw invalid('settings', fieldSentence('settings_of_web'));
  if (isWeb && (patch.addDocuments || patch.addUploadIds || patch.removeDocumentIds)) throw invalid('', fieldSentence('documents_of_web'));
  if (head.kind === 'text' && patch.addUploadIds) throw invalid('addUploadIds', fieldSentence('source_of_texts'));
  if (head.kind === 'upload' && patch.addDocuments) throw invalid('addDocuments', fieldSentence('source_of_uploads'));
  if (!isWeb || !patch.settings) return;
  // As if the source was made with these settings.
  const { kind, personaId, name } = head;
  const fields = { page: ['urls'], sitemap: listFields, feed: listFields, site: [...listFields, 'depth', 'hosts'] }[kind as 'page'];
  const given = Object.entries({ ...head.settings, ...definedOf(patch.settings) });
  const foreign = Object.keys(definedOf(patch.settings)).find((field) => !fields.includes(field));
  if (foreign) throw invalid(`settings/${foreign}`, fieldSentence('no_such_setting', { kind }));
  parseOrThrow(createSource, { kind, personaId, name, settings: Object.fromEntries(given.filter(([field]) => fields.includes(field))) }, { where: 'body' });
}

const listFields = ['urls', 'maxPages', 'include', 'exclude'];

function invalid(path: string, sentence: ReturnType<typeof fieldSentence>): DomainError {
  return new DomainError('invalid_request.change_does_not_fit', {}, { issues: [{ path, ...sentence }] });
}
